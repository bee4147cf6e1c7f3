"""Errors of the API: a code of google.rpc.Code, and the status of HTTP that the API's gateway maps it to."""


class Rejection(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    @classmethod
    def invalid_argument(cls, message):
        return cls(400, 3, message)

    @classmethod
    def not_found(cls, what):
        return cls(404, 5, f"{what} not found")

    @classmethod
    def permission_denied(cls):
        return cls(403, 7, "Permission denied")

    @classmethod
    def resource_exhausted(cls, message):
        return cls(429, 8, message)

    @classmethod
    def failed_precondition(cls, message):
        return cls(400, 9, message)

    @classmethod
    def unauthenticated(cls):
        return cls(401, 16, "The token is invalid")

    @classmethod
    def by_status(cls, status):
        return cls(status, {429: 8, 500: 13, 503: 14}.get(status, 2), f"failure {status} on demand")
