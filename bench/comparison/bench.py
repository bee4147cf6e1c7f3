"""What all cases share: the database, the stacks in front of it, and files for clients."""

import time
from dataclasses import dataclass

import programs
from load import random_film
from peers import Participant
from process import Processes
from rounds import Round
from stack import Stack

CUSTOMERS = 64
SMALL_HEAP = ["-Xmx128m"]


class Bench:
    """Everything that runs. Stacks are started when a case needs them."""

    def __init__(self, processes, options, built, database):
        self.processes = processes
        self.options = options
        self.built = built
        self.database = database
        self.stacks = {}
        self.films = int(database.query("select max(id) from movies"))
        self.sessions = options.sessions
        self.others = [name for name, _ in options.other]

    def stack(self, java_options=()):
        key = tuple(java_options)
        if key not in self.stacks:
            self.stacks[key] = Stack(self.processes, self.built, self.options.memory, self.database, java_options)
        return self.stacks[key]

    def stop_small_stack(self):
        self.stacks.pop(tuple(SMALL_HEAP)).stop()

    def random_film(self, films=None):
        return random_film(self.processes, self.options.connections, films or self.films)

    def customers(self):
        """A file with ids and tokens of customers."""
        file = self.processes.folder / "customers"
        if not file.exists():
            ids = self.database.query(f"select id from customers where deleted_at is null order by id limit {CUSTOMERS}").split()
            classes = programs.ROOT / "bench/people/target/classes"
            source = programs.ROOT / "bench/comparison/Tokens.java"
            file.write_text(programs.output(programs.jdk() / "bin/java", "-cp", classes, source, *ids) + "\n")
        return file

    def delete_new_sessions(self):
        """Deletes what clients have created, without telling anybody, so that the next measurement finds the same library."""
        self.database.query(
            f"set session_replication_role = replica; delete from sessions where id > {self.sessions}")
        self.database.query("vacuum analyze sessions")


@dataclass
class JustStarted(Participant):
    """A new catalogue and a new proxy in each round, under load from the moment at which they are ready."""

    bench: Bench | None = None
    proxy: str = "gateway"

    def measure(self, seconds):
        began = time.monotonic()
        stack = Stack(self.bench.processes, self.bench.built, self.bench.options.memory, self.bench.database)
        catalogue_ready = time.monotonic()
        try:
            peer = stack.peer(self.proxy)
            ready = max(catalogue_ready - began, time.monotonic() - catalogue_ready)
            peer.traffic = self.bench.random_film()
            measured = peer.measure(seconds)
        finally:
            stack.stop()
        return Round(**{**vars(measured), "ready": ready})
