"""What PostgreSQL does without a catalogue: the limits beside a comparison."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import database
import programs
from load import THREADS
from peers import Participant
from process import Failure, Processes
from rounds import Round, percentile

FILM = Path(__file__).resolve().parent / "configuration/film.sql"
# What the list of sessions contains, as the catalogue writes it.
SESSIONS = """
select json_build_object(
         'id', id, 'started_at', started_at,
         'customer', json_build_object(
           'id', customer_id, 'username', (select username from customers where customers.id = customer_id)),
         'movie', json_build_object(
           'id', movie_id, 'title', movie_title, 'year', movie_year,
           'duration_minutes', (select duration_minutes from movies where movies.id = movie_id)))
  from sessions
 order by -movie_year, movie_title, customer_id, -id
 limit 100000
"""
COLUMNS = "id, customer_id, movie_id, movie_year, movie_title, started_at"


@dataclass
class PgBench(Participant):
    """pgbench, which reads films at random with prepared statements."""

    processes: Processes | None = None
    database: object = None
    connections: int = 0
    films: int = 0

    def measure(self, seconds):
        before = self.database.process.cpu_seconds()
        for log in self.processes.folder.glob("transactions.*"):
            log.unlink()
        printed = self.processes.await_end(self.processes.start("pgbench", [
            programs.postgresql_client("pgbench"), *self.database.client_arguments, "--no-vacuum", "--protocol=prepared",
            f"--client={self.connections}", f"--jobs={THREADS}", f"--time={seconds}", f"--define=films={self.films}",
            "--log", "--log-prefix=transactions", "--sampling-rate=0.1", f"--file={FILM}", "postgres"]), seconds + 60)
        durations = sorted(
            int(line.split()[2]) / 1000 for log in self.processes.folder.glob("transactions.*") for line in log.read_text().splitlines())
        requests, per_second = transactions(printed)
        shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p999": 0.999}
        return Round(
            requests=requests, per_second=per_second,
            database_cpu=(self.database.process.cpu_seconds() - before) / max(1, requests) * 1e6,
            **{name: percentile(durations, share) for name, share in shares.items()})


def transactions(printed):
    """Number and rate of the transactions that pgbench has printed."""
    number = re.search(r"^number of transactions actually processed: (\d+)", printed, re.MULTILINE)
    rate = re.search(r"^tps = ([\d.]+) \(without initial connection time\)$", printed, re.MULTILINE)
    if not number or not rate:
        raise Failure(f"pgbench printed no result: {printed}")
    return int(number[1]), float(rate[1])


@dataclass
class PsqlCopy(Participant):
    """psql, which copies the rows of the long list as JSON into a file."""

    database: object = None
    file: Path | None = None

    def measure(self, seconds):
        began, durations = time.monotonic(), []
        before = self.database.process.cpu_seconds()
        while not durations or time.monotonic() < began + seconds:
            start = time.monotonic()
            self.database.query(f"\\copy ({' '.join(SESSIONS.split())}) to '{self.file}'")
            durations.append((time.monotonic() - start) * 1000)
        costs = (self.database.process.cpu_seconds() - before) / len(durations) * 1e6
        return Round(requests=len(durations), p50=percentile(sorted(durations), 0.5), database_cpu=costs)


@dataclass
class Seeding(Participant):
    """The seeder, in an empty database each time. Only the sessions are timed."""

    processes: Processes | None = None
    sessions: int = 0

    def measure(self, seconds):
        data = programs.KEPT / "library-seeding"
        server = database.start_empty(self.processes, data)
        try:
            database.seed(self.processes, server, self.sessions)
            took = float(server.query(
                "select extract(epoch from coalesce(next, clock_timestamp()) - finished_at) from (select table_name, finished_at,"
                " lead(finished_at) over (order by finished_at) as next from seed_ledger) tables where table_name = 'sessions'"))
        finally:
            self.processes.stop(server.process)
        database.delete(data)
        return Round(requests=self.sessions, seconds=took)


@dataclass
class Copying(Participant):
    """COPY of the same sessions from a prepared file into a table with the same indexes."""

    database: object = None
    file: Path | None = None

    def begin(self):
        self.database.query(f"\\copy sessions ({COLUMNS}) to '{self.file}'")

    def measure(self, seconds):
        self.database.query("drop table if exists sessions_copied")
        self.database.query("create table sessions_copied (like sessions including all)")
        began = time.monotonic()
        self.database.query(f"\\copy sessions_copied ({COLUMNS}) from '{self.file}'")
        took = time.monotonic() - began
        rows = int(self.database.query("select count(*) from sessions_copied"))
        self.database.query("drop table sessions_copied")
        return Round(requests=rows, seconds=took)
