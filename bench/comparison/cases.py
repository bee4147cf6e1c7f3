"""The cases: what is requested, of whom, and which goals that decides."""

from collections.abc import Callable
from dataclasses import dataclass

from bench import SMALL_HEAP, Bench, JustStarted
from goals import Goal
from limits import Copying, PgBench, PsqlCopy, Seeding
from load import Wrk, db_dummy
from long_list import PATH, LongList
from open_loop import OpenLoop
from peers import Participant

PROXIES = ["gateway", "nginx", "envoy", "haproxy", "caddy", "spring"]
HOT_FILMS = 100
LONG_LIST = 100_000


@dataclass(frozen=True)
class Case:
    """
    One kind of load. A round takes `periods` times the seconds of an ordinary one.
    """

    name: str
    title: str
    participants: Callable[[Bench], list[Participant]]
    goals: tuple[Goal, ...]
    periods: int = 1
    after: Callable[[Bench], None] = lambda bench: None


def peers(bench, names, traffic, cached=False, warm_up_traffic=None, java_options=()):
    """The named proxies, and other builds of the gateway, all under the same traffic."""
    found = [bench.stack(java_options).peer(name, cached) for name in [*names, *bench.others]]
    for peer in found:
        peer.traffic, peer.warm_up_traffic = traffic, warm_up_traffic
    return found


def film(bench):
    limit = PgBench(
        "pgbench", "prepared statements", processes=bench.processes, database=bench.database, connections=bench.options.connections,
        films=bench.films)
    return [*peers(bench, [*PROXIES, "catalogue"], bench.random_film()), limit]


def hot(bench):
    return peers(bench, ["gateway", "nginx"], bench.random_film(HOT_FILMS), cached=True)


def uncacheable(bench):
    return peers(bench, [*PROXIES, "catalogue"], db_dummy(bench.processes, bench.options.connections))


def films(bench):
    traffic = Wrk(bench.processes, bench.options.connections, "/api/movie?limit=100")
    return peers(bench, ["gateway", "nginx", "envoy", "spring", "catalogue"], traffic)


def sessions(bench):
    copy = PsqlCopy("psql", "\\copy as JSON", database=bench.database, file=bench.processes.folder / "copied")
    traffic = LongList(min(LONG_LIST, bench.sessions))
    return [*peers(bench, ["gateway", "nginx", "catalogue"], traffic, java_options=SMALL_HEAP), copy]


def post(bench):
    traffic = Wrk(bench.processes, bench.options.connections, "/api/session", ("post", bench.customers(), bench.films))
    return peers(bench, ["gateway", "nginx", "envoy", "spring", "catalogue"], traffic)


def open_loop(bench):
    traffic = OpenLoop(bench.options.connections, 120, bench.films, mixed=True)
    return peers(bench, ["gateway", "nginx", "spring"], traffic, warm_up_traffic=bench.random_film())


def idle(bench):
    return peers(bench, PROXIES, OpenLoop(1000, 100, bench.films), warm_up_traffic=bench.random_film())


def start(bench):
    version = bench.built.gateways["gateway"].version
    [steady] = peers(bench, ["gateway"], bench.random_film())[:1]
    return [JustStarted("gateway, just started", version, bench=bench), steady]


def seeding(bench):
    return [
        Seeding("seeder", "an empty database each time", processes=bench.processes, sessions=bench.sessions),
        Copying("COPY", "a prepared file, the same indexes", database=bench.database, file=bench.processes.folder / "prepared")]


CASES = [
    Case("film", "A film by random id, nothing cached", film, (
        Goal("film by random id, nothing cached: throughput", "per_second", "nginx", at_least=3),
        Goal("film by random id, nothing cached: p99", "p99", "nginx", at_most=1),
        Goal("film by random id, beside the limit of PostgreSQL: throughput", "per_second", "pgbench", at_least=0.5))),
    Case("hot", f"A film out of {HOT_FILMS}, cached", hot, (
        Goal("cached film: CPU of the proxy", "proxy_cpu", "nginx", at_most=0.8),)),
    Case("db-dummy", "/db_dummy, which is neither cached nor batched", uncacheable, (
        Goal("neither cached nor batched: CPU of the proxy", "proxy_cpu", "envoy", at_most=1),
        Goal("neither cached nor batched: CPU of the proxy", "proxy_cpu", "nginx"),
        Goal("neither cached nor batched: CPU of the proxy", "proxy_cpu", "spring"))),
    Case("films", "A list of 100 films", films, (
        Goal("list of 100 films: throughput", "per_second", "nginx"),
        Goal("list of 100 films: CPU of the proxy", "proxy_cpu", "spring"))),
    Case("sessions", f"`{PATH}`, each service with `{SMALL_HEAP[0]}`", sessions, (
        Goal("100,000 sessions: first byte", "first_byte", at_most=50),
        Goal("100,000 sessions: complete response", "p50", at_most=2000),
        Goal("100,000 sessions: heap", "heap", at_most=128),
        Goal("100,000 sessions: complete response", "p50", "psql", at_most=1)), after=Bench.stop_small_stack),
    Case("post", "POST of a session", post, (
        Goal("POST of a session: throughput", "per_second", "nginx"),
        Goal("POST of a session: CPU of the proxy", "proxy_cpu", "spring")), after=Bench.delete_new_sessions),
    Case("open-loop", "120 requests a second, half of them for /db_dummy, half for films by random id, nothing cached", open_loop, (
        Goal("120 requests a second: p90", "p90", at_most=400),
        Goal("120 requests a second: failed", "failed_share", at_most=1)), periods=6),
    Case("idle", "1,000 keep-alive connections, with a request every 10 s on each", idle, (
        Goal("1,000 idle connections: peak memory of the proxy", "memory", "spring"),
        Goal("1,000 idle connections: p99", "p99", "nginx")), periods=2),
    Case("start", "Films by random id, from a start on", start, (
        Goal("first thirty seconds after a start: throughput", "per_second", "gateway", at_least=0.8, of="gateway, just started"),
        Goal("from a start until a service is ready", "ready", at_most=2, of="gateway, just started")), periods=3),
    Case("seeding", "Filling the table of sessions", seeding, (
        Goal("seeding the sessions", "seconds", "COPY", at_most=2, of="seeder"),)),
]
