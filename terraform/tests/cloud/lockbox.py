"""Secrets of the stand-in: the payload of a version, or of the current one."""

import re

from rejection import Rejection

PATH = re.compile("/lockbox/v1/secrets/([^/]+)/payload")


class Lockbox:
    def __init__(self):
        self.secrets = {}  # ID: {version: {key: text}}, the last version is the current one

    def respond(self, method, path, query, body):
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
