"""A stand-in for Cloud Logging and the metadata service that rejects what the API's definition rejects (yandex/cloud/logging/v1)."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "t1.rehearsal"
LEVELS = {"LEVEL_UNSPECIFIED", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}
IDENTIFIER = re.compile("[a-zA-Z][-a-zA-Z0-9_.]{1,62}")
MOST_BYTES = 65536
MOST_BYTES_OF_REQUEST = 4 * 1024 * 1024


class CloudLogging:
    """Accepts entries; `outages` lists what the next requests meet: a status, "garbage" (no HTTP) or "cut" (a part of a response). `poison` and `busy` are messages of entries with errors."""

    def __init__(self):
        self.accepted, self.requests, self.outages = [], 0, []
        self.poison, self.busy, self.invalid = set(), set(), set()
        cloud = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.headers["Metadata-Flavor"] != "Google":
                    return send(self, 403, "Missing Metadata-Flavor:Google header.")
                if self.path == "/computeMetadata/v1/instance/name":
                    return send(self, 200, "node-1")
                if self.path.endswith("/service-accounts/default/token"):
                    return send(self, 200, json.dumps({"access_token": TOKEN, "expires_in": 43200}))
                return send(self, 404, "not found")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, text = cloud.write(self.path, self.headers["Authorization"], body)
                if status == "garbage":
                    self.wfile.write(b"no HTTP\r\n\r\n")
                elif status == "cut":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
                else:
                    send(self, status, text)

            def log_message(self, *unused):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def environment(self):
        address = f"http://127.0.0.1:{self.server.server_port}"
        return {"KINOTEKA_METADATA": address, "KINOTEKA_LOGGING": address}

    def write(self, path, authorization, body):
        self.requests += 1
        if path != "/logging/v1/write":
            return 404, "{}"
        if authorization != f"Bearer {TOKEN}":
            return 401, problem(16, "The token is invalid")
        if self.outages:
            return self.outages.pop(0), problem(14, "unavailable")
        request = json.loads(body, parse_constant=lambda name: None)
        if reason := self.invalid_part(request, len(body)):
            return 400, problem(3, reason)
        entries, errors = request["entries"], {}
        for index, entry in enumerate(entries):
            if entry["message"] in self.poison:
                errors[index] = {"code": 3, "message": "poison"}
            elif entry["message"] in self.busy:
                self.busy.remove(entry["message"])
                errors[index] = {"code": 14, "message": "busy"}
            else:
                self.accepted.append(entry)
        return 200, json.dumps({"errors": errors})

    def invalid_part(self, request, size):
        entries = request.get("entries", [])
        resource = request.get("resource", {})
        if size > MOST_BYTES_OF_REQUEST:
            return f"request: {size} bytes"
        if not IDENTIFIER.fullmatch(request["destination"].get("logGroupId", "")):
            return "destination"
        if not all(IDENTIFIER.fullmatch(resource.get(name, "")) for name in ("type", "id")):
            return "resource"
        if not 1 <= len(entries) <= 100:
            return f"entries: {len(entries)}"
        for entry in entries:
            if entry["message"] in self.invalid:
                return "an entry"
            if len(entry["message"].encode()) > MOST_BYTES:
                return "entries.message"
            if len(json.dumps(entry.get("jsonPayload", {}), ensure_ascii=False).encode()) > MOST_BYTES:
                return "entries.json_payload"
            if entry.get("level") not in LEVELS or "timestamp" not in entry:
                return "entries.level"
        return None


def problem(code, message):
    return json.dumps({"code": code, "message": message})


def send(request, status, text):
    request.send_response(status)
    request.send_header("Content-Length", str(len(text.encode())))
    request.end_headers()
    request.wfile.write(text.encode())
