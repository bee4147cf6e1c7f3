"""Compute of the stand-in: instances, and instance groups ("Rules for updating instance groups").

A change of a group's own labels changes no instance. A change of the template's metadata restarts the instances, and they stay the
same ones. rollingRecreate replaces them by new ones.
"""

import itertools
import re

from rejection import Rejection

INSTANCE = re.compile("/compute/v1/instances/([^/:]+)(?::(start|stop))?")
GROUP = re.compile("/compute/v1/instanceGroups/([^/:]+)(?:(/instances|/operations)|:(rollingRecreate))?")
LABEL = re.compile(r"[-_./\\@0-9a-z]{0,63}")


class Compute:
    def __init__(self, operations, quotas):
        self.operations = operations
        self.quotas = quotas
        self.instances = {}
        self.groups = {}
        self.numbers = itertools.count(1)

    def add_instance(self, cores):
        self.quotas.use("compute.instances.count", 1)
        self.quotas.use("compute.instanceCores.count", cores)
        identifier = f"fhm{next(self.numbers)}"
        self.instances[identifier] = {"cores": cores, "status": "RUNNING", "restarts": 0}
        return identifier

    def add_group(self, identifier, size, metadata, deletion_protection=False):
        members = {f"member{number}": self.boot(metadata) for number in range(size)}
        template = {"metadata": dict(metadata)}
        self.groups[identifier] = {
            "labels": {}, "instanceTemplate": template, "deletionProtection": deletion_protection, "members": members,
        }

    def respond(self, method, path, query, body):
        instance, group = INSTANCE.fullmatch(path), GROUP.fullmatch(path)
        if instance:
            return self._respond_instance(method, *instance.groups(), body)
        if group:
            return self._respond_group(method, *group.groups(), query, body)
        return None

    def _respond_instance(self, method, identifier, verb, body):
        instance = self.instances.get(identifier)
        if instance is None:
            raise Rejection.not_found(f"Instance {identifier}")
        if method == "POST" and verb:
            status = "RUNNING" if verb == "start" else "STOPPED"
            return self.operations.start(identifier, f"compute.v1.{verb.title()}InstanceMetadata", lambda: instance.update(status=status))
        if method == "PATCH" and not verb:
            if instance["status"] != "STOPPED":
                raise Rejection.failed_precondition("Instance must be stopped to change its resources")
            cores = int(body["resourcesSpec"]["cores"])
            self.quotas.use("compute.instanceCores.count", cores - instance["cores"])
            return self.operations.start(identifier, "compute.v1.UpdateInstanceMetadata", lambda: instance.update(cores=cores))
        return None

    def _respond_group(self, method, identifier, list_name, verb, query, body):
        group = self.groups.get(identifier)
        if group is None:
            raise Rejection.not_found(f"Instance group {identifier}")
        if method == "GET" and list_name:
            return self._list(identifier, group, list_name)
        if method == "GET" and not verb:
            # Protobuf leaves out what is empty.
            return {"id": identifier} | {name: value for name, value in group.items() if name != "members" and value}
        if method == "POST" and verb:
            return self._recreate(identifier, group, body)
        if method == "PATCH" and not verb and not list_name:
            return self._update(identifier, group, body)
        if method == "DELETE" and not verb and not list_name:
            return self._delete(identifier, group)
        return None

    def _list(self, identifier, group, list_name):
        if list_name == "/operations":
            return {"operations": self.operations.of(identifier)}
        members = [{"id": member, "instanceId": it["instanceId"], "status": "RUNNING_ACTUAL"} for member, it in group["members"].items()]
        return {"instances": members}

    def _update(self, identifier, group, body):
        mask = set(filter(None, body.get("updateMask", "").split(",")))
        if not mask or mask - {"labels", "instanceTemplate.metadata"}:
            raise Rejection.invalid_argument(f"updateMask: {body.get('updateMask')}")
        if any(not LABEL.fullmatch(value) for value in body.get("labels", {}).values()):
            raise Rejection.invalid_argument("labels: expected values of at most 63 characters of [-_./\\@0-9a-z]")

        def finish():
            if "labels" in mask:
                group["labels"] = dict(body.get("labels", {}))
            if "instanceTemplate.metadata" in mask:
                group["instanceTemplate"]["metadata"] = dict(body["instanceTemplate"]["metadata"])
                for member in group["members"].values():
                    member.update(metadata=dict(group["instanceTemplate"]["metadata"]), starts=member["starts"] + 1)

        return self.operations.start(identifier, "compute.v1.instancegroup.UpdateInstanceGroupMetadata", finish)

    def _recreate(self, identifier, group, body):
        chosen = body.get("managedInstanceIds", [])
        unknown = [member for member in chosen if member not in group["members"]]
        if unknown or not chosen:
            raise Rejection.invalid_argument(f"managedInstanceIds: {unknown or 'none'} (expected: members of the group)")

        def finish():
            for member in chosen:
                group["members"][member] = self.boot(group["instanceTemplate"]["metadata"])

        return self.operations.start(identifier, "compute.v1.instancegroup.RollingRecreateMetadata", finish)

    def _delete(self, identifier, group):
        if group["deletionProtection"]:
            raise Rejection.failed_precondition(f"Instance group {identifier} has deletion protection enabled")
        kind = "compute.v1.instancegroup.DeleteInstanceGroupMetadata"
        return self.operations.start(identifier, kind, lambda: self.groups.pop(identifier))

    def boot(self, metadata):
        """A new machine: cloud-init's per-instance parts run with the user data of now, and never again."""
        return {"instanceId": f"fhm{next(self.numbers)}", "metadata": dict(metadata), "first_boot": dict(metadata), "starts": 1}
