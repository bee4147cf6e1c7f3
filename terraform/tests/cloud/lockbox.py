"""Secrets of the stand-in: the payload of a version, or of the current one, and new versions based on the current one."""

import re

from rejection import Rejection

PATH = re.compile("/lockbox/v1/secrets/([^/]+)/payload")
ADD_VERSION = re.compile("/lockbox/v1/secrets/([^/]+):addVersion")


class Lockbox:
    def __init__(self, operations):
        self.operations = operations
        self.secrets = {}  # ID: {version: {key: text}}, the last version is the current one

    def respond(self, method, path, query, body):
        added = ADD_VERSION.fullmatch(path)
        if added and method == "POST":
            return self._add_version(added[1], body)
        found = PATH.fullmatch(path)
        if not found or method != "GET":
            return None
        versions = self.secrets.get(found[1])
        if versions is None:
            raise Rejection.not_found(f"Secret {found[1]}")
        version = query.get("versionId") or list(versions)[-1]
        if version not in versions:
            raise Rejection.not_found(f"Version {version}")
        return {"versionId": version, "entries": [{"key": key, "textValue": text} for key, text in versions[version].items()]}

    def _add_version(self, identifier, body):
        versions = self.secrets.get(identifier)
        if versions is None:
            raise Rejection.not_found(f"Secret {identifier}")
        changes = {change["key"]: change["textValue"] for change in body.get("payloadEntries", [])}
        if not changes:
            raise Rejection.invalid_argument("payloadEntries: expected at least one")

        def finish():
            current = list(versions.values())[-1] if versions else {}
            versions[f"added-{len(versions) + 1}"] = current | changes

        return self.operations.start(identifier, "lockbox.v1.AddVersionMetadata", finish)
