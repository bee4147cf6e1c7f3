"""Compares the ledger with the database, on the primary and on every replica."""

import collections
from dataclasses import dataclass, field


@dataclass
class Verification:
    """Finds what is lost and what is doubled. It goes on from fault to fault, and each finding is counted at the first fault after it."""

    scene: object
    ledger: object
    first_session: int  # ids of the clients' sessions are larger
    say: object
    lost: set = field(default_factory=set)
    doubled: set = field(default_factory=set)

    def count_new(self):
        """Every acknowledged write must be there exactly once, any other at most once, on all servers. Returns how many were lost and doubled."""
        self.scene.await_replayed()
        before = len(self.lost), len(self.doubled)
        for machine in self.scene.machines.postgres:
            self._compare_sessions(machine)
            self._compare_revisions(machine)
        return len(self.lost) - before[0], len(self.doubled) - before[1]

    def _compare_sessions(self, machine):
        """One session per Idempotency-Key: of each write, which is known by its customer and its film."""
        rows = self.scene.query_on(machine, f"select id, customer_id, movie_id from sessions where id > {self.first_session}").split()
        found = {int(session): (int(customer), int(movie)) for session, customer, movie in (row.split("|") for row in rows)}
        times = collections.Counter(found.values())
        for key, write in self.ledger.attempted.items():
            pair = write.customer, write.movie
            session = self.ledger.acknowledged.get(key)
            if session is not None and found.get(session) != pair:
                self._report(self.lost, "LOST", f"session {session} of {write}", machine)
            if times.pop(pair, 0) > 1:
                self._report(self.doubled, "DOUBLED", str(write), machine)
        for pair in times:
            self._report(self.doubled, "DOUBLED", f"a session of customer and film {pair}, which no client has created", machine)

    def _compare_revisions(self, machine):
        rows = self.scene.query_on(machine, "select id, substr(bio, 10) from customers where bio like 'revision %'").split()
        found = {int(customer): int(revision) for customer, revision in (row.split("|") for row in rows)}
        for customer, revision in self.ledger.revisions.items():
            if found.get(customer, 0) < revision:
                self._report(self.lost, "LOST", f"revision {revision} of customer {customer}, which has {found.get(customer, 0)}", machine)

    def _report(self, findings, word, what, machine):
        if what not in findings:
            findings.add(what)
            self.ledger.enter(word.lower(), what=what, machine=machine.name)
            self.say(f"{word} on {machine.name}: {what}")
