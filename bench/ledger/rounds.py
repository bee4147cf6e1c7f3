"""Runs faults, one after the other, with clients around each."""

import asyncio
import time

from clients import Clients
from faults import FAULTS
from injection import Injection
from ledger import Ledger, Period
from plan import plans
from table import Result
from verification import Verification

WRITERS = 6
BEFORE, AFTER = 4, 3  # seconds of load before a fault and after everything is whole again
LAST_WRITES_TIMEOUT = 60


class Rounds:
    """One cluster, one ledger, and the results so far."""

    def __init__(self, scene, ledger_file, say, verbose):
        self.scene = scene
        self.say = say
        self.verbose = verbose
        self.ledger = Ledger(ledger_file)
        self.results = []
        self.failures = {}  # of clients, by fault and round
        self._plans = plans(scene, WRITERS)
        self._verification = Verification(scene, self.ledger, int(scene.query("select max(id) from sessions")), say)
        self._injection = Injection(scene, say)

    def run(self, faults, rounds):
        for number in range(1, rounds + 1):
            for fault in faults:
                self.say(f"== round {number}: {fault.text}")
                self.results.append(asyncio.run(self._run_one(fault)))

    async def _run_one(self, fault):
        self.ledger.enter("fault", name=fault.name)
        period = Period(self.ledger, self.say, self.verbose)
        clients = Clients(period, self._plans)
        clients.start()
        await asyncio.sleep(BEFORE)
        begun = time.monotonic()
        try:
            await asyncio.to_thread(fault.begin, self._injection)
            await asyncio.sleep(max(0, begun + fault.seconds - time.monotonic()))
        finally:
            await asyncio.to_thread(self._injection.heal)
        await asyncio.to_thread(self.scene.await_whole)
        self.say(f"the cluster is as before {time.monotonic() - begun:.1f} s after the fault began")
        clients.require_running()
        await asyncio.sleep(AFTER)
        unknown = await clients.stop(LAST_WRITES_TIMEOUT)
        period.end()
        lost, doubled = await asyncio.to_thread(self._verification.count_new)
        self.say(f"{period.acknowledged} acknowledged, {unknown} unknown to the end, {lost} lost, {doubled} doubled, {len(period.stale)} stale; "
                 f"{period.seconds_without_writes:.1f} s without writes, {period.seconds_without_reads:.1f} s without reads")
        for why, count in sorted(period.failures.items()):
            self.say(f"    {count} x {why}")
        return Result(
            fault.name, period.seconds_without_writes, period.seconds_without_reads, period.acknowledged, lost, doubled, len(period.stale))
