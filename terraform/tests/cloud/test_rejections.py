"""What the stand-in rejects: a program that is tested beside it would otherwise succeed where the cloud rejects it."""

import json
import unittest
import urllib.error
import urllib.request

from quotas import CLOUD
from stand_in import TOKEN, StandIn

CLUSTER = "/managed-postgresql/v1/clusters/c1"
PASSWORD = {"updateMask": "password", "password": "long enough"}
GROUP = "/compute/v1/instanceGroups/g1"
QUOTAS = "/quota-manager/v1/quotaLimits"


class RejectionsTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.postgresql.add("c1", ["kinoteka", "monitoring"])
        self.cloud.compute.add_group("g1", 2, {"user-data": "files", "kinoteka-release": "1"})
        self.group = self.cloud.compute.groups["g1"]

    def call(self, method, path, body=None, token=TOKEN):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.cloud.address + path, method=method, data=data, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def change(self, method, path, body=None):
        operation = self.call(method, path, body)
        while not operation["done"]:
            operation = self.call("GET", f"/operations/{operation['id']}")
        return operation

    def assert_rejected(self, status, code, message, *call, **options):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            self.call(*call, **options)
        with raised.exception as response:
            error = json.load(response)
        self.assertEqual((status, code), (response.status, error["code"]))
        self.assertRegex(error["message"], message)

    def machines(self, field):
        return [member[field] for member in self.group["members"].values()]

    def test_a_second_change_of_a_database_cluster_during_the_first(self):
        self.call("PATCH", f"{CLUSTER}/users/kinoteka", PASSWORD)
        self.assert_rejected(400, 9, "Conflicting operation op1 detected", "PATCH", f"{CLUSTER}/users/monitoring", PASSWORD)
        self.assert_rejected(400, 9, "Conflicting operation op1 detected", "DELETE", CLUSTER)

    def test_a_change_of_a_cluster_after_the_first_has_ended_is_accepted(self):
        self.change("PATCH", f"{CLUSTER}/users/kinoteka", PASSWORD)
        self.assertEqual({"kinoteka": "long enough", "monitoring": None}, self.cloud.postgresql.clusters["c1"]["users"])
        self.call("PATCH", f"{CLUSTER}/users/monitoring", PASSWORD)

    def test_a_password_holds_only_when_the_operation_has_ended(self):
        self.call("PATCH", f"{CLUSTER}/users/kinoteka", PASSWORD)
        self.assertIsNone(self.cloud.postgresql.clusters["c1"]["users"]["kinoteka"])

    def test_a_password_that_is_too_short(self):
        self.assert_rejected(400, 3, "8..128", "PATCH", f"{CLUSTER}/users/kinoteka", PASSWORD | {"password": "short"})

    def test_resources_that_do_not_exist(self):
        self.assert_rejected(404, 5, "User nobody not found", "PATCH", f"{CLUSTER}/users/nobody", PASSWORD)
        self.assert_rejected(404, 5, "Cluster c9 not found", "DELETE", "/managed-postgresql/v1/clusters/c9")
        self.assert_rejected(404, 5, "Instance fhm0 not found", "POST", "/compute/v1/instances/fhm0:stop")
        self.assert_rejected(404, 5, "Instance group g9 not found", "GET", "/compute/v1/instanceGroups/g9")
        self.assert_rejected(404, 5, "Registry crp9 not found", "GET", "/container-registry/v1/images?registryId=crp9")

    def test_a_change_of_a_group_that_names_no_field(self):
        # Without a mask, the API would change every field to what the request has, and most of them to nothing.
        self.assert_rejected(400, 3, "updateMask", "PATCH", GROUP, {"labels": {"machine-files": "1"}})

    def test_a_token_that_is_invalid_or_without_the_right(self):
        self.assert_rejected(401, 16, "token", "GET", GROUP, token="other")
        self.cloud.forbidden = {GROUP}
        self.assert_rejected(403, 7, "Permission denied", "GET", GROUP)

    def test_everything_for_a_while(self):
        self.cloud.failures = [503, 429]
        self.assert_rejected(503, 14, "on demand", "GET", GROUP)
        self.assert_rejected(429, 8, "on demand", "GET", GROUP)
        self.assertEqual("g1", self.call("GET", GROUP)["id"])

    def test_a_version_of_a_secret_that_does_not_exist(self):
        self.cloud.lockbox.secrets["s1"] = {"v1": {"password": "text"}}
        self.assert_rejected(404, 5, "Version v2 not found", "GET", "/lockbox/v1/secrets/s1/payload?versionId=v2")
        self.assert_rejected(404, 5, "Secret s2 not found", "GET", "/lockbox/v1/secrets/s2/payload")

    def test_the_deletion_of_a_registry_that_has_images(self):
        self.cloud.registry.registries["crp1"] = ["image1"]
        registry = "/container-registry/v1/registries/crp1"
        self.assert_rejected(400, 9, "not empty", "DELETE", registry)
        self.change("DELETE", "/container-registry/v1/images/image1")
        self.assert_rejected(404, 5, "Image image1 not found", "DELETE", "/container-registry/v1/images/image1")
        self.change("DELETE", registry)
        self.assertEqual({}, self.cloud.registry.registries)

    def test_the_deletion_of_what_is_protected(self):
        self.cloud.postgresql.add("c2", [], deletion_protection=True)
        self.cloud.compute.add_group("g2", 1, {}, deletion_protection=True)
        self.assert_rejected(400, 9, "deletion protection", "DELETE", "/managed-postgresql/v1/clusters/c2")
        self.assert_rejected(400, 9, "deletion protection", "DELETE", "/compute/v1/instanceGroups/g2")
        self.change("DELETE", CLUSTER)
        self.change("DELETE", GROUP)
        self.assertEqual((["c2"], ["g2"]), (list(self.cloud.postgresql.clusters), list(self.cloud.compute.groups)))

    def test_labels_of_a_group_change_no_instance(self):
        before = json.dumps(self.group["members"])
        self.change("PATCH", GROUP, {"updateMask": "labels", "labels": {"machine-files": "1"}})
        self.assertEqual(({"machine-files": "1"}, before), (self.group["labels"], json.dumps(self.group["members"])))

    def test_labels_that_are_too_long(self):
        self.assert_rejected(400, 3, "63 characters", "PATCH", GROUP, {"updateMask": "labels", "labels": {"machine-files": "f" * 64}})

    def test_metadata_of_the_template_restarts_the_same_instances_without_a_first_boot(self):
        before = self.machines("instanceId")
        new = {"user-data": "new files", "kinoteka-release": "2"}
        self.change("PATCH", GROUP, {"updateMask": "instanceTemplate.metadata", "instanceTemplate": {"metadata": new}})
        self.assertEqual((before, [2, 2], [new, new]), (self.machines("instanceId"), self.machines("starts"), self.machines("metadata")))
        self.assertEqual(["files", "files"], [boot["user-data"] for boot in self.machines("first_boot")])

    def test_rolling_recreate_replaces_the_instances(self):
        before = self.machines("instanceId")
        self.change("POST", f"{GROUP}:rollingRecreate", {"managedInstanceIds": list(self.group["members"])})
        self.assertEqual((set(), [1, 1]), (set(before) & set(self.machines("instanceId")), self.machines("starts")))
        self.assert_rejected(400, 3, "members of the group", "POST", f"{GROUP}:rollingRecreate", {"managedInstanceIds": ["member9"]})

    def test_a_second_change_of_a_group_during_the_first(self):
        self.call("POST", f"{GROUP}:rollingRecreate", {"managedInstanceIds": list(self.group["members"])})
        self.assert_rejected(400, 9, "Conflicting operation op1", "PATCH", GROUP, {"updateMask": "labels", "labels": {}})

    def test_cores_of_an_instance_change_only_when_it_is_stopped(self):
        identifier = self.cloud.compute.add_instance(cores=2)
        instance, cores = f"/compute/v1/instances/{identifier}", {"resourcesSpec": {"cores": "4"}}
        self.assert_rejected(400, 9, "must be stopped", "PATCH", instance, cores)
        self.change("POST", f"{instance}:stop")
        self.change("PATCH", instance, cores)
        self.change("POST", f"{instance}:start")
        self.assertEqual((4, "RUNNING"), (self.cloud.compute.instances[identifier]["cores"], self.cloud.compute.instances[identifier]["status"]))

    def test_more_than_a_quota_allows(self):
        self.cloud.quotas.limits["compute.instanceCores.count"] = [4, 0]
        identifier = self.cloud.compute.add_instance(cores=2)
        self.change("POST", f"/compute/v1/instances/{identifier}:stop")
        more = {"resourcesSpec": {"cores": "6"}}
        self.assert_rejected(429, 8, "instanceCores.count exceeded", "PATCH", f"/compute/v1/instances/{identifier}", more)

    def test_quotas_of_another_cloud_and_unknown_quotas(self):
        self.assert_rejected(404, 5, "not found", "GET", f"{QUOTAS}/compute.instances.count?resource.type=resource-manager.cloud&resource.id=other")
        self.assert_rejected(404, 5, "Quota nonsense", "GET", f"{QUOTAS}/nonsense?resource.type=resource-manager.cloud&resource.id={CLOUD}")

    def test_a_path_that_the_api_does_not_have(self):
        self.assert_rejected(404, 5, "not found", "GET", "/compute/v2/instanceGroups/g1")
        self.assert_rejected(404, 5, "not found", "GET", "/operations/op9")
