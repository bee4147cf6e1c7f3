"""A stand-in of Yandex Cloud's API with state, which rejects what the API rejects (documentation and the provider's source):

- a request without a valid token (401), and one without the right (403, by `forbidden`);
- a change of a database cluster or of an instance group while an operation on it runs (FAILED_PRECONDITION);
- the deletion of what has deletion protection, of a registry that has images, and of images that do not exist;
- new cores of a running instance, unless it may be stopped for that;
- more than a quota allows (RESOURCE_EXHAUSTED);
- everything for a while, by `failures`: a status such as 503 or 429, or `drop`, which loses the response of a request that was executed.

It cannot show that the real API answers so. Each resource is in a module of its own; this one serves them and runs the operations.
"""

import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from compute import Compute
from lockbox import Lockbox
from operations import Operations
from postgresql import PostgreSql
from quotas import Quotas
from rejection import Rejection
from registry import Registry

TOKEN = "t1.stand-in"
NAMES = ["COMPUTE", "LOCKBOX", "LOCKBOX_VERSIONS", "MDB", "OPERATIONS", "QUOTAS", "REGISTRY"]


class StandIn:
    """Serves on a free port. Tests prepare and read the state by its attributes."""

    def __init__(self):
        self.operations = Operations()
        self.postgresql = PostgreSql(self.operations)
        self.lockbox = Lockbox(self.operations)
        self.registry = Registry(self.operations)
        self.quotas = Quotas()
        self.compute = Compute(self.operations, self.quotas)
        self.failures = []  # what the next requests meet: a status, a rejection, "drop", or nothing
        self.forbidden = set()  # beginnings of paths that the token has no right to
        self.rejected = []
        self.requests = []
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def environment(self):
        return {f"KINOTEKA_{name}": self.address for name in NAMES} | {"YC_TOKEN": TOKEN, "KINOTEKA_PAUSE": "0.01", "KINOTEKA_DEADLINE": "20"}

    def respond(self, method, url, headers, body):
        """Returns the status and the response, or no status if the response is lost."""
        with self.lock:
            self.requests.append((method, url))
            failure = self.failures.pop(0) if self.failures else None
            try:
                if isinstance(failure, Rejection):
                    raise failure
                if isinstance(failure, int):
                    raise Rejection.by_status(failure)
                self._authorize(url, headers)
                response = self._route(method, url, headers, body)
            except Rejection as rejection:
                self.rejected.append(rejection)
                return rejection.status, {"code": rejection.code, "message": rejection.message, "details": []}
            return (None if failure == "drop" else 200), response

    def _authorize(self, url, headers):
        if headers["Authorization"] != f"Bearer {TOKEN}":
            raise Rejection.unauthenticated()
        if any(url.startswith(path) for path in self.forbidden):
            raise Rejection.permission_denied()

    def _route(self, method, url, headers, body):
        parts = urllib.parse.urlsplit(url)
        query = dict(urllib.parse.parse_qsl(parts.query))
        key = headers["Idempotency-Key"]
        if method != "GET" and self.operations.with_key(key):
            return self.operations.with_key(key)
        for service in (self.operations, self.postgresql, self.lockbox, self.registry, self.compute, self.quotas):
            response = service.respond(method, parts.path, query, body)
            if response is not None:
                if method != "GET":
                    self.operations.keep_key(key, response)
                return response
        raise Rejection.not_found(f"{method} {parts.path}")


def handler(stand_in):
    class Handler(BaseHTTPRequestHandler):
        def respond(self):
            length = int(self.headers["Content-Length"] or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            status, response = stand_in.respond(self.command, self.path, self.headers, body)
            if status is None:
                self.close_connection = True
                return
            data = json.dumps(response).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = respond

        def log_message(self, *unused):
            pass

    return Handler


if __name__ == "__main__":
    with StandIn() as served:
        print(served.address, flush=True)
        threading.Event().wait()
