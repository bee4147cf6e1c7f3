"""A stand-in of the parts of Yandex Cloud's API that terraform/api calls. It keeps its resources in memory and rejects what the API rejects:

- a change of a database cluster or an instance group while an earlier operation of it runs (FAILED_PRECONDITION, 400);
- the deletion of a registry that contains images, and of what is protected from deletion;
- a change of the cores of a running machine, unless it may be stopped;
- a call with a wrong token (401), of an account without the permission (403), and of an unknown resource (404).

A change of an instance group's own labels changes no machine. A change of the template's metadata restarts the machines, which keep their
files; only rollingRecreate creates new ones. The real API was not available: this follows its documentation and the provider's source.
"""

import collections
import http.server
import itertools
import json
import re
import threading
import time
import urllib.parse

TOKEN = "a-token"
FAILED_PRECONDITION, PERMISSION_DENIED, NOT_FOUND, UNAUTHENTICATED, UNAVAILABLE = 9, 7, 5, 16, 14
STATUS = {FAILED_PRECONDITION: 400, PERMISSION_DENIED: 403, NOT_FOUND: 404, UNAUTHENTICATED: 401, UNAVAILABLE: 503}


class Rejected(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Cloud:
    """Starts the stand-in on a free port of this machine."""

    def __init__(self, operation_seconds=0.3):
        self.operation_seconds = operation_seconds
        self.lock = threading.Lock()
        self.operations = {}  # id: (resource, time at which it ends)
        self.history = []  # (resource, time of its start, time of its end)
        self.numbers = itertools.count(1)
        self.unavailable = 0  # so many of the next calls fail
        self.forbidden = set()  # paths whose calls need a permission that the account does not have
        self.secrets = {}  # (id, version): password
        self.passwords = {}  # (cluster, user): password
        self.registries = collections.defaultdict(list)  # id: images
        self.groups = {}  # id: group
        self.machines = {}  # id: machine
        self.quotas = {}  # id: (limit, usage)
        self.page_size = 1000
        self.calls = collections.Counter()
        cloud = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else {}
                status, response = cloud.handle(self.command, self.path, body, self.headers.get("Authorization"))
                content = json.dumps(response).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = do_DELETE = respond

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def handle(self, method, target, body, authorization):
        parsed = urllib.parse.urlsplit(target)
        parameters = dict(urllib.parse.parse_qsl(parsed.query))
        with self.lock:
            try:
                if authorization != f"Bearer {TOKEN}":
                    raise Rejected(UNAUTHENTICATED, "The token is invalid")
                if self.unavailable:
                    self.unavailable -= 1
                    raise Rejected(UNAVAILABLE, "The service is temporarily unavailable")
                if parsed.path in self.forbidden:
                    raise Rejected(PERMISSION_DENIED, "Permission denied")
                self.calls[f"{method} {parsed.path}"] += 1
                return 200, self.route(method, parsed.path, parameters, body)
            except Rejected as rejected:
                return STATUS[rejected.code], {"code": rejected.code, "message": str(rejected)}

    def route(self, method, path, parameters, body):
        for pattern, handler in ROUTES.items():
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                return handler(self, *match.groups(), parameters=parameters, body=body)
        raise Rejected(NOT_FOUND, f"{method} {path} is unknown")

    # Operations

    def start(self, resource):
        """Starts an operation of a resource, if no other one runs."""
        now = time.monotonic()
        for number, (other, end) in self.operations.items():
            if other == resource and end > now:
                raise Rejected(FAILED_PRECONDITION, f"Conflicting operation {number} detected")
        number = f"op{next(self.numbers)}"
        self.operations[number] = (resource, now + self.operation_seconds)
        self.history.append((resource, now, now + self.operation_seconds))
        return {"id": number, "done": False}

    def operation(self, number, **_):
        _, end = self.operations[number]
        return {"id": number, "done": True, "response": {}} if time.monotonic() >= end else {"id": number, "done": False}

    # Lockbox and Managed PostgreSQL

    def payload(self, secret, parameters, **_):
        try:
            password = self.secrets[secret, parameters["versionId"]]
        except KeyError:
            raise Rejected(NOT_FOUND, f"Secret {secret} has no such version") from None
        return {"entries": [{"key": "password", "textValue": password}]}

    def update_user(self, cluster, user, body, **_):
        operation = self.start(cluster)
        self.passwords[cluster, user] = body["password"]
        return operation

    # Container Registry

    def images(self, parameters, **_):
        return self.page("images", [{"id": image} for image in self.registries[parameters["registryId"]]], parameters)

    def delete_image(self, image, **_):
        for images in self.registries.values():
            if image in images:
                images.remove(image)
                return self.start(image)
        raise Rejected(NOT_FOUND, f"Image {image} not found")

    def delete_registry(self, registry, **_):
        if self.registries[registry]:
            raise Rejected(FAILED_PRECONDITION, f"Registry {registry} is not empty")
        del self.registries[registry]
        return self.start(registry)

    # Compute

    def add_group(self, group, machines, protected=False):
        self.groups[group] = {"labels": {}, "metadata": {}, "protected": protected, "created": 0}
        for _ in range(machines):
            self.add_machine(group)

    def add_machine(self, group):
        """A new machine writes the files of its user data. Later it only reads its metadata."""
        state = self.groups[group]
        state["created"] += 1
        files = state["metadata"].get("user-data")
        self.machines[f"{group}-{state['created']}"] = {"group": group, "files": files, "starts": 1, "cores": 2, "may_stop": False}

    def of(self, group):
        return {name: machine for name, machine in self.machines.items() if machine["group"] == group}

    def group(self, group, **_):
        return {"id": group, "labels": dict(self.groups[group]["labels"])}

    def update_group(self, group, body, **_):
        operation = self.start(group)
        state, masks = self.groups[group], body["updateMask"].split(",")
        if "labels" in masks:
            state["labels"] = body["labels"]
        if "instanceTemplate.metadata" in masks:
            state["metadata"] = body["instanceTemplate"]["metadata"]
            for machine in self.of(group).values():
                machine["starts"] += 1
        return operation

    def delete_group(self, group, **_):
        if self.groups[group]["protected"]:
            raise Rejected(FAILED_PRECONDITION, f"Instance group {group} has deletion protection")
        operation = self.start(group)
        for machine in self.of(group):
            del self.machines[machine]
        del self.groups[group]
        return operation

    def group_instances(self, group, parameters, **_):
        return self.page("instances", [{"id": machine} for machine in self.of(group)], parameters)

    def rolling_recreate(self, group, body, **_):
        operation = self.start(group)
        for machine in body["managedInstanceIds"]:
            del self.machines[machine]
            self.add_machine(group)
        return operation

    def update_instance(self, machine, body, **_):
        if "resourcesSpec" in body["updateMask"] and not self.machines[machine]["may_stop"]:
            raise Rejected(FAILED_PRECONDITION, f"Instance {machine} must be stopped before its resources are changed")
        operation = self.start(machine)
        self.machines[machine]["cores"] = body["resourcesSpec"]["cores"]
        return operation

    # Quota Manager

    def quota_limits(self, parameters, **_):
        prefix = parameters["service"] + "."
        limits = [{"quotaId": name, "limit": limit, "usage": usage} for name, (limit, usage) in self.quotas.items() if name.startswith(prefix)]
        return self.page("quotaLimits", limits, parameters)

    def page(self, key, entries, parameters):
        first = int(parameters.get("pageToken") or 0)
        last = first + self.page_size
        return {key: entries[first:last], **({"nextPageToken": str(last)} if last < len(entries) else {})}


ROUTES = {
    r"GET /operations/(\w+)": Cloud.operation,
    r"GET /lockbox/v1/secrets/([\w-]+)/payload": Cloud.payload,
    r"PATCH /managed-postgresql/v1/clusters/(\w+)/users/(\w+)": Cloud.update_user,
    r"GET /container-registry/v1/images": Cloud.images,
    r"DELETE /container-registry/v1/images/([\w-]+)": Cloud.delete_image,
    r"DELETE /container-registry/v1/registries/(\w+)": Cloud.delete_registry,
    r"GET /compute/v1/instanceGroups/(\w+)": Cloud.group,
    r"PATCH /compute/v1/instanceGroups/(\w+)": Cloud.update_group,
    r"DELETE /compute/v1/instanceGroups/(\w+)": Cloud.delete_group,
    r"GET /compute/v1/instanceGroups/(\w+)/instances": Cloud.group_instances,
    r"POST /compute/v1/instanceGroups/(\w+):rollingRecreate": Cloud.rolling_recreate,
    r"PATCH /compute/v1/instances/([\w-]+)": Cloud.update_instance,
    r"GET /quota-manager/v1/quotaLimits": Cloud.quota_limits,
}
