"""Requests by wrk, as many as are served."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from costs import Costs, client_ports
from process import Processes
from rounds import Round

SCRIPT = Path(__file__).resolve().parent / "configuration/wrk.lua"
THREADS = 2
REQUEST_TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Wrk:
    """Keeps one request under way on each of the connections."""

    processes: Processes
    connections: int
    path: str
    arguments: tuple = ()  # of the script

    def run(self, peer, seconds):
        ports_before = client_ports(peer.backend.catalogue_port)
        costs = Costs(peer.process, peer.backend)
        wrk = self.processes.start("wrk", [
            "wrk", f"-t{THREADS}", f"-c{self.connections}", f"-d{seconds}s", "--timeout", f"{REQUEST_TIMEOUT}s", "-s", SCRIPT,
            *(word for header in peer.headers.items() for word in ("-H", ": ".join(header))),
            f"http://127.0.0.1:{peer.port}{self.path}", "--", *self.arguments])
        time.sleep(0.9 * seconds)
        ports_in_use = client_ports(peer.backend.catalogue_port)  # proxies may reset them when the clients disconnect
        return from_result(self.processes.await_end(wrk, seconds + 60), costs, len(ports_in_use - ports_before))


def from_result(printed, costs, opened):
    """The round of which wrk.lua has printed the result in the last line."""
    result = json.loads(printed.splitlines()[-1])
    return Round(
        requests=result["requests"],
        failed=result["errors"] + result["error_statuses"],
        per_second=result["requests"] / result["duration"] * 1e6,
        **{share: result[share] / 1000 for share in ("p50", "p90", "p99", "p999")},
        **costs.per_request(result["requests"]),
        opened=opened)


def db_dummy(processes, connections):
    return Wrk(processes, connections, "/db_dummy")


def random_film(processes, connections, films):
    """One of so many films, which have the lowest ids."""
    return Wrk(processes, connections, "/api/movie/1", ("film", films))
