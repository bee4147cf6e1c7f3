"""The faults: what happens to the cluster, for how long, and what the clients may notice of it."""

from dataclasses import dataclass
from typing import Callable

NOTHING = 0.95  # seconds: what rounds to 0 or 1, because a client's next request is a pause away
SWITCHOVER, FAILOVER = 2, 15


@dataclass(frozen=True)
class Fault:
    """`begin` is given what injects faults. After so many seconds everything is healed. A goal of None means that there is none."""

    name: str
    text: str
    begin: Callable
    seconds: float = 20
    writes_goal: float | None = None
    reads_goal: float | None = None


FAULTS = [
    Fault("postgresql", "the primary's PostgreSQL is killed (`kill -9`)",
          lambda inject: inject.kill_postgresql(inject.scene.primary()), 20, FAILOVER),
    Fault("patroni", "the primary's Patroni is killed (`kill -9`)",
          lambda inject: inject.kill_patroni(inject.scene.primary()), 20, FAILOVER),
    Fault("switchover", "switchover, by Patroni's interface",
          lambda inject: inject.switch_over(), 12, SWITCHOVER),
]


def named(names):
    unknown = set(names) - {fault.name for fault in FAULTS}
    if unknown:
        raise ValueError(f"--only: {', '.join(sorted(unknown))} (expected: {', '.join(fault.name for fault in FAULTS)})")
    return [fault for fault in FAULTS if not names or fault.name in names]
