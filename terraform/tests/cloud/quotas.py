"""Quota Manager of the stand-in: limits and usage of a cloud, by service; what goes beyond a limit is rejected."""

from rejection import Rejection

CLOUD = "b1g00000000000000000"
PATH = "/quota-manager/v1/quotaLimits"


class Quotas:
    def __init__(self):
        self.limits = {}  # ID: [limit, usage]
        self.page_size = 2

    def use(self, quota, amount):
        limit, usage = self.limits.get(quota, [float("inf"), 0])
        if usage + amount > limit:
            raise Rejection.resource_exhausted(f"Quota limit {quota} exceeded")
        self.limits[quota] = [limit, usage + amount]

    def respond(self, method, path, query, body):
        if method != "GET" or path != PATH:
            return None
        if (query.get("resource.id"), query.get("resource.type")) != (CLOUD, "resource-manager.cloud"):
            raise Rejection.not_found("Resource")
        if not query.get("service"):
            raise Rejection.invalid_argument("service: expected")
        known = sorted(quota for quota in self.limits if quota.split(".")[0] == query["service"])
        start = int(query.get("pageToken", 0))
        page = known[start : start + self.page_size]
        # Protobuf leaves out what is zero.
        limits = [{"quotaId": quota} | {name: value for name, value in zip(("limit", "usage"), self.limits[quota]) if value} for quota in page]
        more = start + self.page_size < len(known)
        return {"quotaLimits": limits} | ({"nextPageToken": str(start + self.page_size)} if more else {})
