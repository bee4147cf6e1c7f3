"""The stand-in rejects what the API of Yandex Cloud rejects: each test is the call of a program that does not expect it."""

import unittest

from stand_in import TOKEN, Cloud


class RefusalsTest(unittest.TestCase):
    def setUp(self):
        self.cloud = Cloud(operation_seconds=0.3)
        self.addCleanup(self.cloud.close)

    def call(self, method, path, body=None, token=TOKEN):
        return self.cloud.handle(method, path, body or {}, f"Bearer {token}")

    def test_a_second_change_of_a_cluster_during_the_first(self):
        first = self.call("PATCH", "/managed-postgresql/v1/clusters/c1/users/a", {"password": "1"})
        second = self.call("PATCH", "/managed-postgresql/v1/clusters/c1/users/b", {"password": "2"})
        other = self.call("PATCH", "/managed-postgresql/v1/clusters/c2/users/b", {"password": "2"})
        self.assertEqual((200, 400, 200), (first[0], second[0], other[0]))
        self.assertEqual({"code": 9, "message": f"Conflicting operation {first[1]['id']} detected"}, second[1])

    def test_deletion_of_a_registry_with_images(self):
        self.cloud.registries["r1"] = ["i1"]
        self.assertEqual(400, self.call("DELETE", "/container-registry/v1/registries/r1")[0])
        self.cloud.registries["r1"].clear()
        self.assertEqual(200, self.call("DELETE", "/container-registry/v1/registries/r1")[0])

    def test_deletion_of_a_protected_group(self):
        self.cloud.add_group("g1", machines=1, protected=True)
        self.assertEqual(400, self.call("DELETE", "/compute/v1/instanceGroups/g1")[0])

    def test_cores_of_a_running_machine(self):
        self.cloud.add_group("g1", machines=1)
        change = {"updateMask": "resourcesSpec", "resourcesSpec": {"cores": 4}}
        self.assertEqual(400, self.call("PATCH", "/compute/v1/instances/g1-1", change)[0])
        self.cloud.machines["g1-1"]["may_stop"] = True
        self.assertEqual(200, self.call("PATCH", "/compute/v1/instances/g1-1", change)[0])
        self.assertEqual(4, self.cloud.machines["g1-1"]["cores"])

    def test_a_label_of_the_group_changes_no_machine(self):
        self.cloud.add_group("g1", machines=2)
        before = {name: dict(machine) for name, machine in self.cloud.machines.items()}
        self.assertEqual(200, self.call("PATCH", "/compute/v1/instanceGroups/g1", {"updateMask": "labels", "labels": {"password": "2"}})[0])
        self.assertEqual(before, self.cloud.machines)

    def test_a_restart_does_not_write_the_files_of_user_data_again(self):
        self.cloud.add_group("g1", machines=1)
        body = {"updateMask": "instanceTemplate.metadata", "instanceTemplate": {"metadata": {"user-data": "new"}}}
        self.assertEqual(200, self.call("PATCH", "/compute/v1/instanceGroups/g1", body)[0])
        machine = self.cloud.machines["g1-1"]
        self.assertEqual((2, None), (machine["starts"], machine["files"]))

    def test_a_wrong_token_and_a_missing_permission(self):
        self.cloud.add_group("g1", machines=1)
        self.assertEqual(401, self.call("GET", "/compute/v1/instanceGroups/g1", token="another")[0])
        self.cloud.forbidden.add("/compute/v1/instanceGroups/g1")
        self.assertEqual(403, self.call("GET", "/compute/v1/instanceGroups/g1")[0])


if __name__ == "__main__":
    unittest.main()
