"""What is compared: each proxy with its ports, its own count of requests, and how its rounds went."""

import re
from dataclasses import dataclass, field

from http_client import get
from load import Load
from process import Failure, Process

# The client that wrk is disconnects at the end of a round, in the middle of its last requests.
CLIENT_DISCONNECTED = "499"
# Connections to the catalogue that a proxy may open for each client in a round.
MOST_OPENED = 4


@dataclass
class Peer:
    """One of the proxies."""

    name: str
    version: str
    process: Process
    port: int
    operators: int
    endpoint: str
    warm_up: str = ""
    rounds: list[Load] = field(default_factory=list)
    counted: int = 0  # requests of all rounds, by the peer's own metrics

    def counts(self):
        """Requests for the measured endpoint so far by status."""
        return by_status(get(self.operators, "/metrics")[1], r"^requests_total\{(.*)\} (\S+)$", self.endpoint)

    def require_histogram(self):
        """Verifies that durations are measured, too: the histogram has counted as many requests."""
        durations = by_status(get(self.operators, "/metrics")[1], r"^request_duration_seconds_count\{(.*)\} (\S+)$", self.endpoint)
        if durations != self.counts():
            raise Failure(f"{self.name}: request_duration_seconds_count is {durations} (expected: {self.counts()}, as requests_total)")

    def measure(self, generator, seconds):
        """One round. Every response has to be 200, and the peer's metrics have to agree."""
        before = self.counts()
        load = generator.run(self.process, self.port, seconds)
        after = self.counts()
        if load.failed or not load.requests:
            raise Failure(f"{self.name}: {load.failed} of {load.requests} requests failed (expected: 200 for every request)")
        if load.opened > MOST_OPENED * generator.connections:
            raise Failure(
                f"{self.name}: opened {load.opened} connections to the catalogue for {load.requests} requests (expected: at most"
                f" {MOST_OPENED} for each of {generator.connections} clients, as with keep-alive)")
        counted = {status: count - before.get(status, 0) for status, count in after.items()}
        succeeded = counted.pop("200", 0)
        others = {status: count for status, count in counted.items() if count and status != CLIENT_DISCONNECTED}
        if others or not load.requests <= succeeded <= load.requests + generator.connections:
            raise Failure(
                f"{self.name}: its metrics counted {succeeded} of 200 and {others or 'none'} of other statuses (expected:"
                f" the {load.requests} that wrk counted, and at most {generator.connections} that wrk did not wait for)")
        self.counted += succeeded
        self.rounds.append(load)
        return load


class EnvoyPeer(Peer):
    """Envoy, which counts responses by the first digit of their status."""

    def counts(self):
        page = get(self.operators, "/stats/prometheus?filter=http.public.downstream_rq_[1-5]xx")[1]
        found = re.findall(r'^envoy_http_downstream_rq_xx\{(.*)\} (\d+)$', page, re.MULTILINE)
        classes = {re.search(r'envoy_response_code_class="(\d)"', labels)[1]: int(count) for labels, count in found}
        return {("200" if digit == "2" else f"{digit}xx"): count for digit, count in classes.items()}

    def require_histogram(self):
        pass  # its durations are in buckets of its own, from its start on


def by_status(page, series, endpoint):
    counts = {}
    for labels, value in re.findall(series, page, re.MULTILINE):
        if f'endpoint="{endpoint}"' in labels:
            status = re.search(r'status="(\d+)"', labels)[1]
            counts[status] = counts.get(status, 0) + int(float(value))
    return counts
