"""Warms a proxy, and the catalogue behind it, up to their steady state."""

from statistics import mean

PERIOD = 5  # seconds
COMPARED = 4  # periods
TOLERANCE = 0.03


def warm_up(peer, generator, limit):
    """
    Sends requests until 20 s have cost nearly the same as the 20 s before, or for a limited number of seconds, and notes in the
    peer how that went. CPU time tells more than the rate, which also depends on what else the machine does.
    """
    loads = []
    while (len(loads) + 1) * PERIOD <= limit:
        loads.append(generator.run(peer.process, peer.port, PERIOD))
        if is_steady(loads[-2 * COMPARED:]):
            peer.warm_up = f"steady after {len(loads) * PERIOD} s"
            return
    peer.warm_up = f"not steady after {len(loads) * PERIOD} s"


def is_steady(loads):
    """Whether the later half of these periods has cost what the earlier half has, in the proxy and in the catalogue."""
    if len(loads) < 2 * COMPARED or any(load.failed for load in loads):
        return False
    earlier, later = loads[:COMPARED], loads[COMPARED:]
    return all(
        abs(mean(cost(load) for load in later) / mean(cost(load) for load in earlier) - 1) <= TOLERANCE
        for cost in (lambda load: load.proxy_cpu, lambda load: load.catalogue_cpu))
