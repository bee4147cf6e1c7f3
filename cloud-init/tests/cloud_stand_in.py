"""A stand-in for the APIs of Yandex Cloud that a machine uses: it responds in their format and keeps what it receives.

It cannot show that the real ones respond in the same way, nor that the service accounts have the roles.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "t1.rehearsal"


class Cloud:
    """Responds on a free port by path, or by a pattern of paths.

    The next `failures` requests fail with 503. While an API is in `away`, its requests fail with 503, too.
    """

    def __init__(self):
        self.failures = 0
        self.away = set()
        self.answers = {"/computeMetadata/v1/instance/id": "fhm000"}
        self.asked = []
        self.written = []
        cloud = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                cloud.answer(self, None)

            def do_POST(self):
                cloud.answer(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            do_PATCH = do_POST

            def log_message(self, *unused):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def environment(self):
        names = ["METADATA", "LOCKBOX", "CERTIFICATES", "COMPUTE", "LOGGING", "MDB", "MONITORING", "OPERATIONS", "STORAGE"]
        return {f"KINOTEKA_{name}": self.address for name in names}

    def answer(self, request, body):
        path = request.path
        self.asked.append(path)
        api = path.split("/")[1]
        if api in self.away:
            return send(request, 503, {"message": "unavailable"})
        if api == "computeMetadata":
            if request.headers["Metadata-Flavor"] != "Google":
                return send(request, 403, "Missing Metadata-Flavor:Google header.")
            if path.endswith("/service-accounts/default/token"):
                return send(request, 200, {"access_token": TOKEN, "expires_in": 43200, "token_type": "Bearer"})
        elif api != "cloud-certs" and request.headers["Authorization"] != f"Bearer {TOKEN}":
            return send(request, 401, {"message": "The token is invalid"})
        elif self.failures > 0:
            self.failures -= 1
            return send(request, 503, {"message": "unavailable"})
        if body is not None:
            self.written.append((path, body))
            return send(request, 200, self.answers.get(path, {}))
        known = [answer for pattern, answer in self.answers.items() if path == pattern or re.fullmatch(pattern, path)]
        if not known:
            return send(request, 404, {"message": f"no {path}"})
        return send(request, 200, known[0])


def send(request, status, answer):
    text = answer if isinstance(answer, str) else json.dumps(answer)
    request.send_response(status)
    request.send_header("Content-Length", str(len(text.encode())))
    request.end_headers()
    request.wfile.write(text.encode())
