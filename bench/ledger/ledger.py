"""The ledger: what was attempted and what was acknowledged. And what clients noticed in a period: when nothing could be written or read."""

import json
import time
from dataclasses import dataclass

KINDS = WRITES, READS, LISTS, CACHED = "writes", "reads", "lists", "cached reads"  # these may come from the gateway's memory
SHORT = 1.0  # seconds; a shorter interruption is only printed if every request is
RECENT = 50


@dataclass(frozen=True)
class Write:
    """A write that was sent at least once. No two writes have the same customer and the same film."""

    key: str
    customer: int
    movie: int


class Ledger:
    """Everything that clients have sent since the cluster was created. Every entry is also a line of a file."""

    def __init__(self, file):
        self.attempted = {}  # key: Write
        self.acknowledged = {}  # key: id of the session
        self.revisions = {}  # customer: the revision of the account that was acknowledged last
        self.recent = []  # ids of the sessions that were acknowledged last
        self._file = file
        self._begun = time.monotonic()

    def attempt(self, write):
        self.attempted[write.key] = write
        self.enter("attempted", key=write.key, customer=write.customer, movie=write.movie)

    def acknowledge(self, write, session):
        self.acknowledged[write.key] = session
        self.recent = [*self.recent[1 - RECENT:], session]
        self.enter("acknowledged", key=write.key, session=session)

    def acknowledge_revision(self, customer, revision):
        self.revisions[customer] = revision
        self.enter("acknowledged", customer=customer, revision=revision)

    def mark(self):
        """Remembers what is acknowledged until now."""
        self._marked = dict(self.acknowledged), dict(self.revisions)
        self.enter("mark")

    def return_to_mark(self):
        """Forgets what was acknowledged since the mark: it is gone on purpose. What was attempted may still be there once."""
        self.acknowledged, self.revisions = self._marked
        self.recent = list(self.acknowledged.values())[-RECENT:]
        self.enter("return")

    def enter(self, event, **details):
        self._file.write(json.dumps({"at": round(time.monotonic() - self._begun, 3), "event": event, **details}) + "\n")
        self._file.flush()


class Period:
    """What all clients together noticed during one fault: pauses, failures, and responses that were too old."""

    def __init__(self, ledger, say, verbose=False):
        self.ledger = ledger
        self.begun = time.monotonic()
        self.stale = []
        self.acknowledged = 0
        self.failures = {}  # kind and reason: how often
        self._longest = {kind: 0.0 for kind in KINDS}
        self._last = {kind: self.begun for kind in KINDS}
        self._failing = {}  # kind: the reason of the first failure since the last success
        self._requested = set()  # kinds of which there was at least one request
        self._announced = set()  # kinds whose pause has been printed
        self._say = say
        self._verbose = verbose

    def succeed(self, kind, detail=""):
        """A request of this kind was successful."""
        self._requested.add(kind)
        now = time.monotonic()
        pause, self._last[kind] = now - self._last[kind], now
        self._longest[kind] = max(self._longest[kind], pause)
        if kind == WRITES:
            self.acknowledged += 1
        why = self._failing.pop(kind, None)
        self._announced.discard(kind)
        if why and (self._verbose or pause > SHORT):
            self._say(f"{kind} succeed again, after {pause:.1f} s without any ({why})")
        if self._verbose and detail:
            self._say(detail)

    def fail(self, kind, why):
        """A request of this kind has failed, or its outcome is unknown."""
        self._requested.add(kind)
        self.failures[f"{kind}: {why}"] = self.failures.get(f"{kind}: {why}", 0) + 1
        self.ledger.enter("failed", kind=kind, why=why)
        if self._verbose or kind not in self._announced and time.monotonic() - self._last[kind] > SHORT:
            self._announced.add(kind)
            self._say(f"{kind} fail: {why}")
        self._failing.setdefault(kind, why)

    def report_stale(self, what):
        self.stale.append(what)
        self.ledger.enter("stale", what=what)
        self._say(f"STALE: {what}")

    def end(self):
        """The pause before this moment counts too, because clients have sent requests until now."""
        for kind, last in self._last.items():
            self._longest[kind] = max(self._longest[kind], time.monotonic() - last)

    def longest(self, kind):
        """The longest time in seconds without a successful request of this kind; None if there was no request."""
        return self._longest[kind] if kind in self._requested else None
