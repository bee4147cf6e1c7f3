"""Managed PostgreSQL of the stand-in: clusters and their users. A cluster has one operation at a time, whichever user it is for."""

import re

from rejection import Rejection

PATH = re.compile("/managed-postgresql/v1/clusters/([^/]+)(?:/users/([^/]+))?")


class PostgreSql:
    def __init__(self, operations):
        self.operations = operations
        self.clusters = {}

    def add(self, identifier, users, deletion_protection=False):
        self.clusters[identifier] = {"users": dict.fromkeys(users), "passwordsSet": [], "deletionProtection": deletion_protection}

    def respond(self, method, path, query, body):
        found = PATH.fullmatch(path)
        if not found:
            return None
        identifier, user = found.groups()
        cluster = self.clusters.get(identifier)
        if cluster is None:
            raise Rejection.not_found(f"Cluster {identifier}")
        if user and user not in cluster["users"]:
            raise Rejection.not_found(f"User {user}")
        if method == "PATCH" and user:
            return self._set_password(identifier, cluster, user, body)
        if method == "DELETE" and not user:
            return self._delete(identifier, cluster)
        return None

    def _set_password(self, identifier, cluster, user, body):
        if body.get("updateMask") != "password" or not 8 <= len(body.get("password", "")) <= 128:
            raise Rejection.invalid_argument("password: expected updateMask `password` and 8..128 characters")

        def finish():
            cluster["users"][user] = body["password"]
            cluster["passwordsSet"].append(user)

        return self.operations.start(identifier, "mdb.postgresql.v1.UpdateUserMetadata", finish)

    def _delete(self, identifier, cluster):
        if cluster["deletionProtection"]:
            raise Rejection.failed_precondition(f"Cluster {identifier} has deletion protection enabled")
        return self.operations.start(identifier, "mdb.postgresql.v1.DeleteClusterMetadata", lambda: self.clusters.pop(identifier))
