"""Operations of the stand-in: one at a time for each resource. Requests about an operation, or in conflict with it, are its clock."""

import itertools

from rejection import Rejection

PREFIX = "/operations/"


class Operations:
    def __init__(self):
        self.requests = 2  # until an operation ends
        self.may_end = lambda operation: True  # a test lets an operation run as long as it likes
        self.journal = []  # ("start" | "end", ID)
        self.failing = []  # messages with which the next operations fail, or None
        self.all = {}
        self.keys = {}
        self.numbers = itertools.count(1)

    def start(self, resource, kind, finish=lambda: None):
        """Starts an operation on a resource, whose change is made when it ends."""
        running = self.running(resource)
        if running:
            self.progress(running["id"])
            raise Rejection.failed_precondition(f'Conflicting operation {running["id"]} detected')
        identifier = f"op{next(self.numbers)}"
        operation = {"id": identifier, "done": False, "metadata": {"@type": f"type.googleapis.com/yandex.cloud.{kind}"}}
        self.all[identifier] = {"resource": resource, "shown": operation, "requests_left": self.requests, "finish": finish}
        self.journal.append(("start", identifier))
        return dict(operation)

    def running(self, resource):
        return next((it["shown"] for it in self.all.values() if it["resource"] == resource and not it["shown"]["done"]), None)

    def of(self, resource):
        return [dict(it["shown"]) for it in reversed(self.all.values()) if it["resource"] == resource]

    def with_key(self, key):
        return self.keys.get(key)

    def keep_key(self, key, operation):
        if key:
            self.keys[key] = operation

    def progress(self, identifier):
        operation = self.all[identifier]
        shown = operation["shown"]
        operation["requests_left"] -= 1
        if not shown["done"] and operation["requests_left"] <= 0 and self.may_end(shown):
            self._end(operation, shown)

    def _end(self, operation, shown):
        error = self.failing.pop(0) if self.failing else None
        if error:
            shown["error"] = {"code": 13, "message": error}
        else:
            operation["finish"]()
            shown["response"] = {}
        shown["done"] = True
        self.journal.append(("end", shown["id"]))

    def respond(self, method, path, query, body):
        if method != "GET" or not path.startswith(PREFIX):
            return None
        operation = self.all.get(path.removeprefix(PREFIX))
        if not operation:
            raise Rejection.not_found(f"Operation {path.removeprefix(PREFIX)}")
        self.progress(operation["shown"]["id"])
        return dict(operation["shown"])
