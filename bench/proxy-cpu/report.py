"""The tables that are printed."""

from statistics import median

SAME_FOR_ALL = """\
The same for all: HTTP/1.1 with keep-alive on both sides; upstream connections are closed after 15 s without use; two event loops or
workers; no access log; only /db_dummy and the other paths of an allow-list are forwarded; X-Forwarded-For, X-Forwarded-Host,
X-Forwarded-Proto and the gateway's credential are sent to the catalogue."""
DIFFERENT = """\
Different: gateways and nginx keep requests_total and request_duration_seconds with the same labels and buckets. Gateways measure
durations in nanoseconds and add native buckets and exemplars; nginx measures them in milliseconds. Envoy keeps its default statistics.
Gateways create a trace (traceparent) and Envoy an x-request-id; nginx creates neither. Only gateways check the catalogue's health."""


def spread(values, digits=0):
    """Minimum, median and maximum."""
    return " / ".join(f"{value:,.{digits}f}" for value in (min(values), median(values), max(values)))


def ratios(peer, reference):
    """CPU per request as a multiple of another peer's in the same round."""
    return [mine.proxy_cpu / theirs.proxy_cpu for mine, theirs in zip(peer.rounds, reference.rounds, strict=True)]


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def cost(peers, reference):
    return table(
        ["", "proxy, µs of CPU per request", f"multiple of {reference.name}", "catalogue, µs of CPU per request", "requests per second",
         "p50 ms", "p99 ms"],
        [[peer.name,
          spread([load.proxy_cpu for load in peer.rounds]),
          spread(ratios(peer, reference), 2),
          spread([load.catalogue_cpu for load in peer.rounds]),
          spread([load.per_second for load in peer.rounds]),
          spread([load.p50 for load in peer.rounds], 1),
          spread([load.p99 for load in peer.rounds], 1)] for peer in peers])


def features(gateways, off):
    return table(
        ["", "gateway, µs of CPU per request", f"multiple of \"{off.name}\"", "catalogue, µs of CPU per request"],
        [[gateway.name,
          spread([load.proxy_cpu for load in gateway.rounds]),
          spread(ratios(gateway, off), 2),
          spread([load.catalogue_cpu for load in gateway.rounds])] for gateway in gateways])


def verified(peers):
    return table(
        ["", "version", "warm-up", "responses, all 200", "counted by its metrics", "connections opened to the catalogue in a round"],
        [[peer.name, peer.version, peer.warm_up, sum(load.requests for load in peer.rounds), peer.counted,
          spread([load.opened for load in peer.rounds])] for peer in peers])


def each_round(peers):
    return table(
        ["round", *(f"{peer.name}, µs" for peer in peers)],
        [[number, *(f"{load.proxy_cpu:.0f}" for load in loads)]
         for number, loads in enumerate(zip(*(peer.rounds for peer in peers), strict=True), 1)])


def comparisons(gateway, others):
    """How this gateway compares with each other build of it."""
    return [
        f"{gateway.name} needs {spread(ratios(gateway, other), 3)} times the CPU of {other.name} per request." for other in others]
