"""A list of 100,000 sessions, by one client after the other."""

import re
import threading
import time
from dataclasses import dataclass
from statistics import median

import programs
from costs import Costs
from http_client import get
from process import Failure
from rounds import Round

PATH = "/api/session?limit=100000"
TIMEOUT = 60  # seconds
HEAP_INTERVAL = 0.1  # seconds


@dataclass(frozen=True)
class LongList:
    """Reads the list again and again with curl, which discards it."""

    rows: int
    connections: int = 1

    def run(self, peer, seconds):
        heap = Heap([peer.backend.catalogue_operators, *([peer.operators] if peer.is_java else [])])
        costs = Costs(peer.process, peer.backend)
        began, results = time.monotonic(), []
        while not results or time.monotonic() < began + seconds:
            results.append(self.read(peer))
        return Round(
            requests=len(results), first_byte=median(first for first, _ in results), p50=median(total for _, total in results),
            heap=heap.stop(), **costs.per_request(len(results)))

    def read(self, peer):
        """Milliseconds until the first byte and until the last one."""
        headers = (word for header in peer.headers.items() for word in ("-H", ": ".join(header)))
        printed = programs.output(
            "curl", "--silent", "--fail", "--max-time", TIMEOUT, "--output", "/dev/null", "--write-out",
            "%{time_starttransfer} %{time_total} %{size_download}", *headers, f"http://127.0.0.1:{peer.port}{PATH}")
        first, total, size = printed.split()
        if int(size) < self.rows * 50:
            raise Failure(f"{peer.name}: {PATH} has {size} bytes (expected: {self.rows} sessions)")
        return float(first) * 1000, float(total) * 1000


class Heap(threading.Thread):
    """Reads how much heap some services use, ten times a second until it is stopped."""

    def __init__(self, operators):
        super().__init__(daemon=True)
        self.operators = operators
        self.most = 0
        self.stopped = threading.Event()
        self.start()

    def run(self):
        while not self.stopped.wait(HEAP_INTERVAL):
            self.most = max([self.most, *(used_heap(get(port, "/metrics")[1]) for port in self.operators)])

    def stop(self):
        """MiB of the service that has used most."""
        self.stopped.set()
        self.join()
        return self.most / 2 ** 20


def used_heap(page):
    return sum(float(value) for value in re.findall(r'^jvm_memory_used_bytes\{.*area="heap".*\} (\S+)$', page, re.MULTILINE))
