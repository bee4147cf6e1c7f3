"""Warms a proxy, and the catalogue behind it, up to their steady state."""

from statistics import mean

PERIOD = 5  # seconds
COMPARED = 4  # periods
TOLERANCE = 0.03
NEGLIGIBLE = 5  # microseconds of CPU per request


def warm_up(peer, traffic, limit):
    """
    Sends requests until 20 s have cost nearly the same as the 20 s before, or for a limited number of seconds, and notes in the
    peer how that went. CPU time tells more than the rate, which also depends on what else the machine does.
    """
    rounds = []
    while (len(rounds) + 1) * PERIOD <= limit:
        rounds.append(traffic.run(peer, PERIOD))
        if is_steady(rounds[-2 * COMPARED:]):
            peer.warm_up = f"steady after {len(rounds) * PERIOD} s"
            return
    peer.warm_up = f"not steady after {len(rounds) * PERIOD} s"


def is_steady(rounds):
    """Whether the later half of these periods has cost what the earlier half has, in the proxy and in the catalogue."""
    if len(rounds) < 2 * COMPARED or any(one.failed for one in rounds):
        return False
    return all(is_same([getattr(one, cost) or 0 for one in rounds]) for cost in ("proxy_cpu", "catalogue_cpu"))


def is_same(costs):
    earlier, later = mean(costs[:COMPARED]), mean(costs[COMPARED:])
    return later < NEGLIGIBLE or abs(later / max(earlier, NEGLIGIBLE) - 1) <= TOLERANCE
