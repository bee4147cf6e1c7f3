"""Quota Manager of the stand-in: limit and usage of each quota of a cloud; what goes beyond a limit is rejected."""

from rejection import Rejection

CLOUD = "b1g00000000000000000"
PATH = "/quota-manager/v1/quotaLimits/"


class Quotas:
    def __init__(self):
        self.limits = {}  # ID: [limit, usage]

    def use(self, quota, amount):
        limit, usage = self.limits.get(quota, [float("inf"), 0])
        if usage + amount > limit:
            raise Rejection.resource_exhausted(f"Quota limit {quota} exceeded")
        self.limits[quota] = [limit, usage + amount]

    def respond(self, method, path, query, body):
        if method != "GET" or not path.startswith(PATH):
            return None
        if (query.get("resource.id"), query.get("resource.type")) != (CLOUD, "resource-manager.cloud"):
            raise Rejection.not_found("Resource")
        quota = path.removeprefix(PATH)
        if quota not in self.limits:
            raise Rejection.not_found(f"Quota {quota}")
        # Protobuf leaves out what is zero.
        return {"quotaId": quota} | {name: value for name, value in zip(("limit", "usage"), self.limits[quota]) if value}
