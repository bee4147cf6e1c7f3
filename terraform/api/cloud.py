"""Calls of Yandex Cloud's API by the programs of this folder: token, addresses, retries, operations.

The token is YC_TOKEN or IAM_TOKEN. Transient errors are retried with growing pauses until the deadline: conflicts with another operation, 429, 5xx
and failed connections. Every other error ends the program with one line. Tests set other addresses (KINOTEKA_LOCKBOX and so on),
KINOTEKA_PAUSE and KINOTEKA_DEADLINE.
"""

import http.client
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

SERVICES = {
    "COMPUTE": "https://compute.api.cloud.yandex.net",
    "LOCKBOX": "https://payload.lockbox.api.cloud.yandex.net",
    "LOCKBOX_VERSIONS": "https://lockbox.api.cloud.yandex.net",
    "MDB": "https://mdb.api.cloud.yandex.net",
    "OPERATIONS": "https://operation.api.cloud.yandex.net",
    "QUOTAS": "https://quota-manager.api.cloud.yandex.net",
    "REGISTRY": "https://container-registry.api.cloud.yandex.net",
}
FIRST_PAUSE_SECONDS = float(os.environ.get("KINOTEKA_PAUSE", "1"))
LONGEST_PAUSE_SECONDS = 15
REQUEST_TIMEOUT_SECONDS = 30
INVALID_REQUEST, FORBIDDEN, NOT_FOUND = 400, 403, 404
FAILED_PRECONDITION = 9  # google.rpc.Code


class Failure(Exception):
    """A permanent error: its text is one line for the operator."""

    def __init__(self, text, status=None):
        super().__init__(" ".join(text.split()))
        self.status = status


class Transient(Exception):
    """An error that may be gone at the next attempt."""


class Cloud:
    """Calls the API until the deadline, which is one for all calls together."""

    def __init__(self, deadline_seconds):
        self.token = os.environ.get("YC_TOKEN") or os.environ.get("IAM_TOKEN")
        if not self.token:
            raise Usage("missing in the environment: YC_TOKEN")
        self.seconds = float(os.environ.get("KINOTEKA_DEADLINE", deadline_seconds))
        self.end = time.monotonic() + self.seconds

    def get(self, service, path, /, **query):
        return self._call("GET", service, path, query=query)

    def pages(self, service, path, field, /, **query):
        """Lists what `field` holds on all pages."""
        token = ""
        while True:
            page = self.get(service, path, pageSize=1000, **query, **({"pageToken": token} if token else {}))
            yield from page.get(field, [])
            token = page.get("nextPageToken")
            if not token:
                return

    def change(self, method, service, path, body=None):
        """Starts an operation and waits for its end."""
        return self.wait(self._call(method, service, path, body=body))

    def wait(self, operation):
        for pause in pauses():
            if operation.get("done"):
                break
            self.sleep(pause, f"operation {operation['id']} has not ended")
            operation = self.get("OPERATIONS", f"/operations/{operation['id']}")
        if "error" in operation:
            raise Failure(f"operation {operation['id']} failed: {operation['error'].get('message', operation['error'])}")
        return operation

    def sleep(self, pause, reason):
        """Waits before the next attempt, or fails with the reason if the deadline would pass."""
        if time.monotonic() + pause > self.end:
            raise Failure(f"not done within {self.seconds:g} s: {reason}")
        time.sleep(pause)

    def _call(self, method, service, path, query=None, body=None):
        url = os.environ.get(f"KINOTEKA_{service}", SERVICES[service]) + path
        if query:
            url += "?" + urllib.parse.urlencode(query)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if method != "GET":
            # The API starts one operation for one key, so that a retry after a lost response changes nothing twice.
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        for pause in pauses():
            try:
                return send(urllib.request.Request(url, method=method, data=data, headers=headers))
            except Transient as reason:
                self.sleep(pause, str(reason))


def send(request):
    where = f"{request.get_method()} {request.full_url}"
    try:
        with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode(errors="replace")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Transient(f"{where}: {error}") from error
    message, conflict = explain(text)
    line = f"{where} returned {status}: {message}"
    if status in (409, 429) or status >= 500 or conflict:
        raise Transient(line)
    raise Failure(line, status)


def explain(text):
    """Returns the message of an error response, and whether it is a conflict with a running operation."""
    try:
        error = json.loads(text)
        message = str(error["message"])
    except (ValueError, KeyError, TypeError):
        return text[:300], False
    return message[:300], error.get("code") == FAILED_PRECONDITION and "conflicting operation" in message.lower()


def pauses():
    """Growing pauses, each shorter by chance, so that two programs do not meet again and again."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        yield pause * random.uniform(0.5, 1)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


class Usage(Exception):
    """The program was started in a wrong way."""


def variables(*names):
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise Usage(f"missing in the environment: {', '.join(missing)}")
    return [os.environ[name] for name in names]


def read_json(name):
    """Reads a JSON object from a file, or from standard input for `-`."""
    try:
        if name == "-":
            content = json.load(sys.stdin)
        else:
            with open(name, encoding="utf-8") as file:
                content = json.load(file)
    except (OSError, ValueError) as error:
        raise Failure(f"{name}: {error}") from error
    if not isinstance(content, dict):
        raise Failure(f"{name}: {type(content).__name__} (expected: a JSON object)")
    return content


def run(program, main, description, arguments):
    """Runs a program with as many arguments of the command line as it has names for, and exits with its status."""
    try:
        if len(sys.argv) - 1 != len(arguments):
            raise Usage(f"expected arguments: {' '.join(arguments) or 'none'}")
        sys.exit(main(*sys.argv[1:]))
    except Usage as error:
        print(f"{program}: {error}\n\n{description}", file=sys.stderr)
        sys.exit(2)
    except Failure as error:
        sys.exit(f"{program}: {error}")
