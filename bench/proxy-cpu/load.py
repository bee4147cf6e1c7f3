"""Requests by wrk, and what they cost."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from process import Process, Processes

SCRIPT = Path(__file__).resolve().parent / "configuration/wrk.lua"
THREADS = 2
REQUEST_TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Request:
    """What is requested: a path, or films at random."""

    path: str
    endpoint: str  # the label in the metrics
    films: int = 0  # a random film of so many, instead of the path

    def script_arguments(self):
        return ["--", self.films] if self.films else []


DB_DUMMY = Request("/db_dummy", "/db_dummy")


def random_film(count):
    return Request("/api/movie/1", "/api/movie/", count)


@dataclass(frozen=True)
class Load:
    """A period of requests through one proxy. CPU times are in microseconds per request, durations in milliseconds."""

    requests: int
    failed: int
    per_second: float
    p50: float
    p99: float
    proxy_cpu: float
    catalogue_cpu: float
    opened: int  # connections to the catalogue


@dataclass(frozen=True)
class Generator:
    """wrk with this number of connections, and the catalogue behind all proxies."""

    processes: Processes
    connections: int
    catalogue: Process
    catalogue_port: int
    request: Request

    def run(self, proxy, port, seconds):
        """Keeps one request under way on every connection for a number of seconds."""
        ports_before = client_ports(self.catalogue_port)
        proxy_before, catalogue_before = proxy.cpu_seconds(), self.catalogue.cpu_seconds()
        wrk = self.start_wrk(port, seconds)
        time.sleep(0.9 * seconds)
        ports_in_use = client_ports(self.catalogue_port)  # proxies may reset them when the clients disconnect
        result = json.loads(self.processes.await_end(wrk, seconds + 60).splitlines()[-1])
        proxy_after, catalogue_after = proxy.cpu_seconds(), self.catalogue.cpu_seconds()
        requests = max(1, result["requests"])
        return Load(
            requests=result["requests"],
            failed=result["errors"] + result["error_statuses"],
            per_second=result["requests"] / result["duration"] * 1e6,
            p50=result["p50"] / 1000,
            p99=result["p99"] / 1000,
            proxy_cpu=(proxy_after - proxy_before) / requests * 1e6,
            catalogue_cpu=(catalogue_after - catalogue_before) / requests * 1e6,
            opened=len(ports_in_use - ports_before))

    def start_wrk(self, port, seconds):
        return self.processes.start("wrk", [
            "wrk", f"-t{THREADS}", f"-c{self.connections}", f"-d{seconds}s", "--timeout", f"{REQUEST_TIMEOUT}s",
            "-s", SCRIPT, "-H", "Host: localhost", f"http://127.0.0.1:{port}{self.request.path}", *self.request.script_arguments()])


def client_ports(server_port):
    """
    The clients' ports of all connections to a port of this machine, also of those that were closed within the last minute: the
    side that closes a connection keeps it in TIME_WAIT, so that a connection for each request cannot be overlooked.
    """
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            local, remote = (int(address.rpartition(":")[2], 16) for address in line.split()[1:3])
            if remote == server_port:
                ports.add(local)
            elif local == server_port and remote:
                ports.add(remote)
    return ports
