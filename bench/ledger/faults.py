"""The faults: what happens to the cluster, for how long, and what clients may notice of it."""

from dataclasses import dataclass
from typing import Callable

from clients import CROWD, continuous, crowd
from restoring import restore

FAILOVER, SWITCHOVER = 15, 2  # seconds
NO_PAUSE = 1  # second: shorter than what a client with a timeout would notice


@dataclass(frozen=True)
class Fault:
    """
    `begin` is given what injects faults. After so many seconds everything is healed. The goals are the longest times without writes and
    without reads; None means that there is none. `prepare` happens before the clients are there, and `before` is how many seconds they are
    undisturbed. `course` replaces all of this.
    """

    name: str
    text: str
    begin: Callable | None
    seconds: float = 20
    writes_goal: float | None = None
    reads_goal: float | None = None
    prepare: Callable | None = None
    clients: Callable = continuous
    course: Callable | None = None
    before: float = 4


def kill_postgresql(inject):
    inject.kill_postgresql(inject.scene.primary())


def kill_patroni(inject):
    inject.kill_patroni(inject.scene.primary())


def lose_primary(inject):
    inject.lose(inject.scene.primary())


def freeze_primary(inject):
    inject.freeze(inject.scene.primary())


def switch_over(inject):
    inject.switch_over()


def lose_replica(inject):
    """Of two replicas the one that commits do not wait for."""
    others = [machine for machine in inject.scene.replicas() if machine != inject.scene.synchronous_replica()]
    inject.lose(*(others or inject.scene.replicas())[:1])


def lose_synchronous_replica(inject):
    inject.lose(inject.scene.synchronous_replica())


def pause_replay(inject):
    inject.pause_replay()


def lose_one_etcd(inject):
    """The leader, whose loss takes longest."""
    inject.lose(inject.scene.etcd_leader())


def lose_two_etcd(inject):
    leader = inject.scene.etcd_leader()
    inject.lose(leader, next(member for member in inject.scene.machines.etcd if member != leader))


def kill_haproxy(inject):
    inject.stop_program("haproxy")


def cut_from_etcd(inject):
    inject.cut(inject.scene.primary(), *(member.address for member in inject.scene.machines.etcd))


def cut_from_replicas(inject):
    inject.cut(inject.scene.primary(), *(replica.address for replica in inject.scene.replicas()))


def cut_from_peers(inject):
    """Services still reach it: what it acknowledges now would be lost with its role."""
    primary = inject.scene.primary()
    peers = [machine.address for machine in (*inject.scene.machines.etcd, *inject.scene.machines.postgres) if machine != primary]
    inject.cut(primary, *peers)


def cut_from_clients(inject):
    inject.cut(inject.scene.primary(), inject.scene.machines.here)


def cut_from_everything(inject):
    primary = inject.scene.primary()
    others = [machine.address for machine in inject.scene.machines.all if machine != primary]
    inject.cut(primary, *others, inject.scene.machines.here)


def fill_disk(inject):
    inject.fill_disk()


def kill_all_nodes(inject):
    inject.lose(*inject.scene.machines.postgres, *inject.scene.machines.etcd)
    inject.start_again()


FAULTS = [
    Fault("postgresql", "the primary's PostgreSQL is killed (`kill -9`)", kill_postgresql, 8, FAILOVER),
    Fault("patroni", "the primary's Patroni is killed (`kill -9`)", kill_patroni, 15, NO_PAUSE, NO_PAUSE),
    Fault("primary", "the power of the primary's machine fails", lose_primary, 25, FAILOVER),
    Fault("frozen", "the primary's machine is stopped (`SIGSTOP`), and continued after another one is the primary", freeze_primary, 30, FAILOVER),
    Fault("switchover", "switchover, by Patroni's interface", switch_over, 5, SWITCHOVER),
    Fault("replica", "the power of a replica's machine fails", lose_replica, 20, NO_PAUSE, NO_PAUSE),
    Fault("synchronous", "the power of the synchronous replica's machine fails", lose_synchronous_replica, 15, FAILOVER, NO_PAUSE),
    Fault("lag", "the replicas receive the log and do not replay it", pause_replay, 15, NO_PAUSE, NO_PAUSE),
    Fault("etcd", "the power of one machine of etcd fails, its leader", lose_one_etcd, 20, NO_PAUSE, NO_PAUSE),
    Fault("two-etcd", "the power of two of three machines of etcd fails", lose_two_etcd, 25, NO_PAUSE, NO_PAUSE),
    Fault("haproxy", "HAProxy is killed (`kill -9`)", kill_haproxy, 10, NO_PAUSE, NO_PAUSE),
    Fault("cut-etcd", "the primary is cut off from etcd", cut_from_etcd, 25, FAILOVER),
    Fault("cut-replicas", "the primary is cut off from the replicas", cut_from_replicas, 20, FAILOVER),
    Fault("cut-peers", "the primary is cut off from etcd and the replicas, and not from the services", cut_from_peers, 25, FAILOVER),
    Fault("cut-clients", "the primary is cut off from the services", cut_from_clients, 20),
    Fault("cut-all", "the primary is cut off from everything", cut_from_everything, 25, FAILOVER),
    Fault("disk", "the primary's disk is full", fill_disk, 30, FAILOVER, prepare=lambda inject: inject.limit_disk()),
    Fault("writers", f"{CROWD:,} clients write once each, at random moments; the primary's PostgreSQL is killed in the middle", kill_postgresql, 20,
          FAILOVER, clients=crowd, before=15),
    Fault("all", "the power of all machines of PostgreSQL and etcd fails, and returns", kill_all_nodes, 20),
    Fault("restore", "a backup is restored to a point in time, while nobody writes", None, course=restore),
]


def named(names):
    known = [fault.name for fault in FAULTS]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"--only: {', '.join(unknown)} (expected: {', '.join(known)})")
    return [fault for fault in FAULTS if not names or fault.name in names]
