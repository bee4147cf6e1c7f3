"""Runs faults, one after the other, with clients around each."""

import asyncio
import time

from clients import Clients
from injection import Injection
from ledger import KINDS, LISTS, READS, WRITES, Ledger, Period
from plan import plans
from table import Result
from verification import Verification

WRITERS = 6
AFTER = 3  # seconds of load after everything is whole again
LAST_WRITES_TIMEOUT = 60


class Rounds:
    """One cluster, one ledger, and the results so far."""

    def __init__(self, scene, ledger_file, say, verbose):
        self.scene = scene
        self.say = say
        self.verbose = verbose
        self.ledger = Ledger(ledger_file)
        self.results = []
        self.plans = plans(scene, WRITERS)
        self._verification = Verification(scene, self.ledger, int(scene.query("select max(id) from sessions")), say)
        self._injection = Injection(scene, say)

    def run(self, faults, rounds):
        for number in range(1, rounds + 1):
            for fault in faults:
                self.say(f"== round {number}: {fault.text}")
                if fault.prepare:
                    fault.prepare(self._injection)
                    self.scene.await_whole()
                self.results.append(asyncio.run(self._run_one(fault)))

    async def _run_one(self, fault):
        self.ledger.enter("fault", name=fault.name)
        if fault.course:
            return await fault.course(self, fault)
        period = Period(self.ledger, self.say, self.verbose)
        clients = Clients(period)
        clients.start(fault.clients(clients, self.plans))
        await asyncio.sleep(fault.before)
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
        if not clients.have_finished():
            period.end()
        unknown = await clients.stop(LAST_WRITES_TIMEOUT)
        if unknown:
            self.say(f"{unknown} writes have an unknown outcome to the end")
        return await self.judge(fault, period)

    async def judge(self, fault, period):
        """Compares the database with the ledger, and sums up what the clients noticed."""
        lost, doubled = await asyncio.to_thread(self._verification.count_new)
        self.say(f"{period.acknowledged} acknowledged, {lost} lost, {doubled} doubled, {len(period.stale)} stale; "
                 f"seconds without " + ", ".join(f"{kind}: {period.longest(kind):.1f}" for kind in KINDS if period.longest(kind) is not None))
        for why, count in sorted(period.failures.items()):
            self.say(f"    {count} x {why}")
        return Result(
            fault.name, *(period.longest(kind) for kind in (WRITES, READS, LISTS)), period.acknowledged, lost, doubled, len(period.stale))
