"""Hostile clients, a certificate that is replaced, and Redis: what is done to everything but the instances."""

from faults import Fault
from load import percentile

HONEST_CLIENTS = {
    "no request of an honest client fails": lambda seen: not seen.failures,
    "the p99 of honest clients remains below 250 ms": lambda seen: percentile(seen.during, 0.99) < 250,
}
NOTHING_FAILS = {"no request fails": lambda seen: not seen.failures}


def attack(name, description, counted, alert=None, seconds=12):
    """An attack while all instances are healthy. It has to move this counter."""
    return Fault(
        description, lambda scene: scene.attack(name, seconds), lambda scene: scene.end_attack(),
        HONEST_CLIENTS | {f"{counted} counts it": lambda seen: seen.changes.get(counted, 0) > 0}, alert, seconds)


ATTACKS = [
    attack("slowloris", "800 connections whose headers arrive at six bytes per second", 'requests_total{status="408"}'),
    attack("slow_bodies", "160 request bodies that arrive at a byte per second", 'requests_total{status="408"}'),
    attack("slow_readers", "64 clients request a list of 18 MB and do not read it", 'requests_total{status="499"}'),
    attack("rapid_reset", "one client opens and resets 1,000 HTTP/2 streams per second, on four connections (rapid reset)", 'client_connection_errors_total{error="http2_connection"}'),
    attack("malformed", "malformed requests on eight connections, one after the other", 'requests_total{status="400"}'),
    attack("connections", "1,500 connections from one address", 'client_connections_rejected_total{limit="client"}'),
    attack("flood", "one client sends as many requests as it gets responses to", 'ratelimit_rejected_total{scope="address"}'),
]
ADDRESSES = [attack("addresses", "20,000 addresses, of which 2,000 can be counted", "ratelimit_overflow_total", seconds=25)]

CERTIFICATE = [
    Fault("the certificate is replaced (HTTPS, a quarter of the requests on new connections)", lambda scene: scene.replace_certificate(),
          lambda scene: None, NOTHING_FAILS | {
              "new connections have the new certificate": lambda seen: seen.certificates() == 2}, seconds=15),
]
REDIS = [
    Fault("Redis is killed, and started again", lambda scene: scene.kill_redis(), lambda scene: scene.start_redis(),
          NOTHING_FAILS, "RateLimitRedisFails"),
    Fault("Redis is stopped (`SIGSTOP`): it hangs", lambda scene: scene.pause_redis(), lambda scene: scene.resume_redis(),
          NOTHING_FAILS, "RateLimitRedisFails"),
]
