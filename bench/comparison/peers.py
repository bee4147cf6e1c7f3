"""What takes part in a case: each proxy with its ports, its own count of requests, and how its rounds went."""

import re
from dataclasses import dataclass, field

from costs import Backend
from http_client import get
from process import Failure, Process
from rounds import Round
from warm_up import warm_up

# Connections to the catalogue that a proxy may open for each client in a round.
MOST_OPENED = 4


@dataclass
class Participant:
    """Takes its turn in each round of a case."""

    name: str
    version: str
    warm_up: str = ""
    rounds: list[Round] = field(default_factory=list)
    counted: int | None = None  # requests of all rounds, by the participant's own metrics
    memory: float | None = None  # MiB

    def prepare(self, limit):
        """Warms up, for a limited number of seconds."""

    def begin(self):
        """Is called before the first round."""

    def measure(self, seconds):
        """One round."""
        raise NotImplementedError

    def finish(self):
        """Is called after the last round."""


@dataclass(frozen=True)
class Counter:
    """How a proxy's metrics count responses: lines of a page, and the first digit of the status in their labels."""

    path: str
    series: str
    digit: str
    only: str = ""  # in the labels
    durations: str = ""  # a histogram with the same labels, which has to count as much

    def read(self, operators, series=None):
        """Responses so far by the first digit of their status. A client that has disconnected may count as an error of its own (499)."""
        counts = {}
        for labels, value in re.findall(rf"^{series or self.series}\{{(.*)\}} (\S+)$", get(operators, self.path)[1], re.MULTILINE):
            digit = re.search(self.digit, labels)
            if digit and self.only in labels:
                counts[digit[1]] = counts.get(digit[1], 0) + int(float(value))
        return counts


OURS = Counter("/metrics", "requests_total", r'status="(\d)', durations="request_duration_seconds_count")
ENVOY = Counter(
    "/stats/prometheus?filter=http.public.downstream_rq_[1-5]xx", "envoy_http_downstream_rq_xx", r'envoy_response_code_class="(\d)"')
HAPROXY = Counter("/metrics", "haproxy_frontend_http_responses_total", r'code="(\d)xx"', only='proxy="public"')
CADDY = Counter("/metrics", "caddy_http_request_duration_seconds_count", r'code="(\d)', only='handler="subroute"')
SPRING = Counter("/metrics", "http_server_requests_seconds_count", r'status="(\d)', only='uri="UNKNOWN"')


@dataclass
class Peer(Participant):
    """A proxy, or the catalogue without one, under some kind of traffic."""

    process: Process | None = None
    port: int = 0
    operators: int = 0
    backend: Backend | None = None
    counter: Counter | None = None
    headers: dict = field(default_factory=dict)
    is_java: bool = False
    traffic: object = None
    warm_up_traffic: object = None

    def prepare(self, limit):
        warm_up(self, self.warm_up_traffic or self.traffic, limit)

    def begin(self):
        if self.process:
            self.process.reset_peak_memory()

    def measure(self, seconds):
        """One round. Every response has to be good, and the peer's metrics have to agree."""
        before = self.counts()
        measured = self.traffic.run(self, seconds)
        if measured.failed and measured.failed_share is None or not measured.requests:
            raise Failure(f"{self.name}: {measured.failed} of {measured.requests} requests failed (expected: some requests, and no failure)")
        if (measured.opened or 0) > MOST_OPENED * self.traffic.connections and self.process:
            raise Failure(
                f"{self.name}: opened {measured.opened} connections to the catalogue for {measured.requests} requests (expected: at most"
                f" {MOST_OPENED} for each of {self.traffic.connections} clients, as with keep-alive)")
        if self.counter:
            self.require_counted(measured, before, self.counts())
        return measured

    def counts(self):
        return self.counter.read(self.operators) if self.counter else {}

    def require_counted(self, measured, before, after):
        """Clients disconnect at the end of a round, in the middle of their last requests."""
        counted = {digit: count - before.get(digit, 0) for digit, count in after.items()}
        good, bad = counted.pop("2", 0), sum(counted.values())
        least, most = measured.requests - measured.failed, measured.requests + self.traffic.connections
        if not least <= good <= most or bad > measured.failed + self.traffic.connections:
            raise Failure(
                f"{self.name}: its metrics counted {good} good responses and {bad} others (expected: the {measured.requests} that the"
                f" client counted, {measured.failed} of them failed, and at most {self.traffic.connections} that it did not wait for)")
        self.counted = (self.counted or 0) + good

    def finish(self):
        if self.process:
            self.memory = self.process.peak_memory_mib()
        if self.counter and self.counter.durations:
            requests, durations = self.counts(), self.counter.read(self.operators, self.counter.durations)
            if durations != requests:
                raise Failure(f"{self.name}: {self.counter.durations} is {durations} (expected: {requests}, as requests)")
