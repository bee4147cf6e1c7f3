"""What was seen of one fault, by clients and by operators."""

import collections
from dataclasses import dataclass

from load import Result

# A slot is served normally if at most this share of its requests was not.
TOLERATED = 0.01
SLOT = 1  # seconds


@dataclass
class Observation:
    """
    The results are those of requests that were sent before, during and after the fault. The changes are those of the metrics, from its
    beginning until the last of these requests had ended. The states are when /resilience showed them first, in seconds since its beginning.
    """

    begun: float
    ended: float
    before: list[Result]
    during: list[Result]
    after: list[Result]
    changes: dict[str, int]
    states: dict[str, float]
    is_normal_again: bool
    lowest_limit: int
    memory_mib: tuple[float, float]
    alerts: dict[str, int]
    attackers: str

    @property
    def detection(self):
        return time_until_good(self.during, self.begun)

    @property
    def recovery(self):
        return time_until_good(self.after, self.ended)

    @property
    def failures(self):
        """Requests of honest clients that were sent during the fault and had no complete response with 200."""
        return [result for result in self.during if result.status != 200]

    @property
    def all_failures(self):
        return [result for result in self.before + self.during + self.after if result.status != 200]

    @property
    def counted_failures(self):
        """Requests in requests_total with another status than 200."""
        return sum(change for counter, change in self.changes.items() if counter.startswith("requests_total"))

    def certificates(self):
        return len({result.certificate for result in self.before + self.during + self.after if result.certificate})

    def failed(self, *kinds):
        return sum(result.kind in kinds for result in self.failures)

    def outcomes(self):
        """The number of requests during the fault by status, or by what was there instead of one."""
        return collections.Counter((result.status or "", result.problem) for result in self.during)

    def goodput(self, results, seconds):
        """Requests per second that had a complete response with 200 within a second."""
        return sum(result.status == 200 and result.took <= 1 for result in results) / seconds

    def share(self, results, instance):
        served = [result for result in results if result.instance]
        return sum(result.instance == instance for result in served) / max(1, len(served))


def time_until_good(results, begun):
    """
    Seconds from the beginning until requests are served normally and remain so, by when they were sent: in no later slot were more than 1 %
    of them without a good response. None if that is not the case in the last slot.
    """
    slots = collections.defaultdict(list)
    for result in results:
        slots[int((result.sent - begun) / SLOT)].append(result)
    bad = [slot for slot, sent in slots.items() if sum(not result.is_good for result in sent) > TOLERATED * len(sent)]
    if not bad:
        return 0.0
    last = max(bad)
    return None if last >= max(slots) - 1 else max(result.sent for result in slots[last] if not result.is_good) - begun
