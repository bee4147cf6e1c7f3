"""What a round has measured."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Round:
    """
    A period of requests to one participant. CPU times are in microseconds per request, durations in milliseconds, except `seconds` and
    `ready`. What was not measured is None.
    """

    requests: int
    failed: int = 0
    per_second: float | None = None
    first_byte: float | None = None
    p50: float | None = None
    p90: float | None = None
    p99: float | None = None
    p999: float | None = None
    failed_share: float | None = None
    proxy_cpu: float | None = None
    catalogue_cpu: float | None = None
    database_cpu: float | None = None
    heap: float | None = None  # MiB, the largest used heap of a service
    ready: float | None = None  # seconds from the start of a service until it is ready
    seconds: float | None = None
    opened: int | None = None  # connections to the catalogue


@dataclass(frozen=True)
class Measure:
    """How a field of a round, or the peak memory of a participant, is printed."""

    heading: str
    unit: str
    digits: int = 0


MEASURES = {
    "per_second": Measure("requests per second", "/s"),
    "first_byte": Measure("first byte, ms", " ms", 1),
    "p50": Measure("p50, ms", " ms", 1),
    "p90": Measure("p90, ms", " ms", 1),
    "p99": Measure("p99, ms", " ms", 1),
    "p999": Measure("p99.9, ms", " ms", 1),
    "failed_share": Measure("failed", " %", 2),
    "proxy_cpu": Measure("proxy, µs of CPU", " µs"),
    "catalogue_cpu": Measure("catalogue, µs of CPU", " µs"),
    "database_cpu": Measure("PostgreSQL, µs of CPU", " µs"),
    "heap": Measure("largest used heap, MiB", " MiB"),
    "ready": Measure("ready, s", " s", 2),
    "seconds": Measure("seconds", " s", 1),
    "memory": Measure("peak memory, MiB", " MiB"),
}


def percentile(durations, share):
    """The duration that this share of the sorted durations does not exceed."""
    return durations[min(len(durations) - 1, int(len(durations) * share))]
