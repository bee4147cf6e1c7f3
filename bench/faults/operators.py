"""What the operators of a gateway see: its metrics, and the state of the instances at /resilience."""

import asyncio
import json
import re
import time
from pathlib import Path

from http_client import get

# Counters whose changes the table shows, with the label that tells their series apart.
COUNTERS = {
    "requests_total": "status",
    "upstream_failures_total": "reason",
    "upstream_retries_total": "reason",
    "upstream_retry_budget_exhausted_total": None,
    "upstream_circuit_breaker_opened_total": None,
    "upstream_unsolicited_data_total": None,
    "client_connections_rejected_total": "limit",
    "client_connection_errors_total": "error",
    "ratelimit_rejected_total": "scope",
    "ratelimit_overflow_total": None,
    "ratelimit_redis_failures_total": None,
}
INTERVAL = 0.1  # seconds


def scrape(port):
    """The value of each series, by its name with labels."""
    lines = (line.rsplit(" ", 1) for line in get(port, "/metrics")[1].splitlines() if not line.startswith("#"))
    return {series: float(value) for series, value in lines}


def total(page, metric, label=""):
    """The sum of the series of a metric that have this label."""
    return sum(value for series, value in page.items() if re.match(rf"{metric}([{{]|$)", series) and label in series)


def changes(before, after):
    """The differences of COUNTERS between two scrapes, where there is one; without responses that have status 200."""
    found = {}
    for metric, label in COUNTERS.items():
        values = {re.search(rf'[{{,]{label}="([^"]*)"', series)[1] for series in after if re.match(metric + "{", series)} if label else [None]
        for value in sorted(values, key=str):
            labelled = f'{label}="{value}"' if label else ""
            difference = total(after, metric, labelled) - total(before, metric, labelled)
            if difference and labelled != 'status="200"':
                found[f"{metric}{{{labelled}}}" if label else metric] = int(difference)
    return found


def resident_mib(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


class Watch:
    """Reads /resilience again and again, and keeps when what was first seen: seconds since the start, by its description."""

    def __init__(self, port):
        self.port = port
        self.seen = {}
        self.lowest_limit = None

    async def __aenter__(self):
        self.begun = time.monotonic()
        self.watching = asyncio.create_task(self.watch())
        return self

    async def __aexit__(self, *_):
        if self.watching.done():
            self.watching.result()  # why it could not go on
        self.watching.cancel()

    async def watch(self):
        while True:
            state = json.loads((await asyncio.to_thread(get, self.port, "/resilience"))[1])
            instances = state["instances"]
            limits = [instance["concurrency_limit"]["limit"] for instance in instances]
            self.lowest_limit = min([*limits, self.lowest_limit or limits[0]])
            self.note("unhealthy", [not instance["healthy"] for instance in instances])
            self.note("ejected", [instance["ejected"] for instance in instances])
            self.note("circuit breaker open", [instance["circuit_breaker"]["state"] == "open" for instance in instances])
            await asyncio.sleep(INTERVAL)

    def note(self, state, instances):
        if any(instances):
            self.seen.setdefault(state, time.monotonic() - self.begun)
        if all(instances):
            self.seen.setdefault(f"all {state}", time.monotonic() - self.begun)

    def is_normal(self):
        """Whether all instances receive requests."""
        return all(
            instance["healthy"] and not instance["ejected"] and instance["circuit_breaker"]["state"] == "closed"
            for instance in json.loads(get(self.port, "/resilience")[1])["instances"])
