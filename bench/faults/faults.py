"""What is done to the instances of the catalogue, and what is expected of the gateway meanwhile."""

from dataclasses import dataclass, field
from typing import Callable

from instance import WORKERS
from load import RATE, READ, WRITE, percentile

ALL = (0, 1, 2)
OVERLOADED_MILLISECONDS = 150
CAPACITY = len(ALL) * WORKERS / OVERLOADED_MILLISECONDS * 1000  # requests per second


@dataclass(frozen=True)
class Fault:
    """
    A fault: what begins and what ends it, given the scene; the expectations, each a sentence and a condition on the observation; the alert
    that fires if it goes on; its duration in seconds; how many instances Prometheus can scrape meanwhile; and what else the table says.
    """

    name: str
    begin: Callable
    end: Callable
    expected: dict[str, Callable] = field(default_factory=dict)
    alert: str | None = None
    seconds: float = 12
    scraped: int = 3
    notes: tuple[Callable, ...] = ()


def behave(behaviour, *numbers):
    return lambda scene: [scene.tell(number, behaviour) for number in numbers]


def each(action, *numbers):
    return lambda scene: [getattr(scene, action)(number) for number in numbers]


def p99_remains(seen, results):
    """Whether it is at most three times what it was, or 50 ms, because the slowest few of a shared machine vary."""
    return percentile(results, 0.99) <= max(50, 3 * percentile(seen.before, 0.99))


def goodput_during(seen, seconds=8):
    """Requests per second that were served in time in the last seconds of the fault, when the gateway has adapted."""
    return seen.goodput([result for result in seen.during if result.sent >= seen.ended - seconds], seconds)


def goodput_before(seen):
    return seen.goodput(seen.before, seen.begun - seen.before[0].sent)


def goodput_note(seen):
    return f"Served within 1 s: {goodput_before(seen):.0f} per second before, {goodput_during(seen):.0f} in the last 8 s"


def adaptation_note(seen):
    """Since when 90 % of what the instances can process were served in time, in all periods of two seconds."""
    period = 2
    low = [start for start in range(0, int(seen.ended - seen.begun) - period + 1) if seen.goodput(
        [result for result in seen.during if start <= result.sent - seen.begun < start + period], period) < 0.9 * CAPACITY]
    return f"At least {0.9 * CAPACITY:.0f} per second from {max(low, default=-1) + 1} s on"


def of_others(seen):
    return [result for result in seen.during if result.instance != "0"]


def rejections(seen):
    return [result for result in seen.failures if result.status == 503]


def is_rejected_once_open(seen):
    opened = seen.states.get("all circuit breaker open")
    later = [result for result in seen.during if opened and result.sent > seen.begun + opened]
    return bool(later) and sum(
        result.status == 503 and result.retry_after and result.took <= 1 for result in later) >= 0.95 * len(later)


FILMS_SUCCEED = {"no read of a film fails": lambda seen: seen.failed(READ) == 0}
NORMAL_AT_ONCE = {"within 1 s clients are served normally": lambda seen: seen.detection is not None and seen.detection <= 1}
COUNTED = {"each failure that a client saw is counted, and no other": lambda seen: len(seen.all_failures) == seen.counted_failures}
REJECTED_WITH_RETRY_AFTER = {
    "each 503 has Retry-After and comes within 1 s": lambda seen: all(
        result.retry_after and result.took <= 1 for result in rejections(seen)) and bool(rejections(seen))}

FAULTS = [
    Fault("one of three instances is killed: connections are refused", each("kill", 0), each("start", 0),
          FILMS_SUCCEED | NORMAL_AT_ONCE | COUNTED, "ServiceDown", scraped=2),
    Fault("one of three is stopped (`SIGSTOP`): it hangs before the headers", each("pause", 0), each("resume", 0),
          COUNTED | NORMAL_AT_ONCE | {"less than 1 % of the requests fail": lambda seen: len(seen.failures) < len(seen.during) / 100},
          "ServiceDown", seconds=40, scraped=2),
    Fault("one of three hangs in the body of its responses", behave("stall", 0), behave("healthy", 0),
          COUNTED, "UpstreamFails", seconds=25),
    Fault("one of three resets the connection in the body", behave("reset", 0), behave("healthy", 0),
          FILMS_SUCCEED | COUNTED, "UpstreamCircuitBreakerOpens"),
    Fault("one of three sends what is not HTTP", behave("garbage", 0), behave("healthy", 0),
          FILMS_SUCCEED | COUNTED, "UpstreamCircuitBreakerOpens"),
    Fault("one of three sends headers without end", behave("endless-headers", 0), behave("healthy", 0),
          FILMS_SUCCEED | COUNTED, "UpstreamCircuitBreakerOpens"),
    Fault("one of three sends each response twice", behave("surplus", 0), behave("healthy", 0),
          COUNTED | {"no request fails": lambda seen: not seen.failures}),
    Fault("one of three takes 500 ms longer", behave("slow 500", 0), behave("healthy", 0),
          COUNTED | {
              "no request fails": lambda seen: not seen.failures,
              "its share of the requests falls below 5 %": lambda seen: seen.share(seen.during, "0") < 0.05,
              "the p99 of the others remains": lambda seen: p99_remains(seen, of_others(seen))},
          notes=(lambda seen: f"Share of the slow one: {seen.share(seen.before, '0'):.1%} before, {seen.share(seen.during, '0'):.1%} during; "
                              f"p99 of the others {percentile(of_others(seen), 0.99):.0f} ms",)),
    Fault("all are ten times slower (50 ms), and can still process the load", behave("slow 50", *ALL), behave("healthy", *ALL),
          COUNTED | {"goodput is at least 90 % of the healthy one": lambda seen: goodput_during(seen) >= 0.9 * goodput_before(seen)},
          notes=(goodput_note,)),
    Fault(f"all are thirty times slower ({OVERLOADED_MILLISECONDS} ms), and can process {CAPACITY:.0f} of {RATE} requests per second",
          behave(f"slow {OVERLOADED_MILLISECONDS}", *ALL), behave("healthy", *ALL),
          COUNTED | REJECTED_WITH_RETRY_AFTER | {
              f"goodput is at least 90 % of the {CAPACITY:.0f} that they can process": lambda seen: goodput_during(seen) >= 0.9 * CAPACITY},
          "UpstreamOverloaded", seconds=40, notes=(goodput_note, adaptation_note)),
    Fault("all are killed", each("kill", *ALL), each("start", *ALL),
          COUNTED | REJECTED_WITH_RETRY_AFTER, "NoNodeServes", seconds=8, scraped=0),
    Fault("all are stopped (`SIGSTOP`)", each("pause", *ALL), each("resume", *ALL),
          COUNTED | {"once all circuit breakers are open, 95 % of the responses are a 503 with Retry-After within 1 s, the others are its tests": is_rejected_once_open},
          "NoNodeServes", seconds=20, scraped=0),
]
