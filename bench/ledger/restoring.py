"""The restore of a backup to a point in time. What was acknowledged before the point must be there; what came later is gone on purpose."""

import asyncio
import subprocess
from datetime import datetime, timezone

from clients import Clients, continuous
from ledger import Period
from scene import ROOT, Failure

SECONDS = 5  # of load before the point, after it, and after the restore


async def restore(rounds, fault):
    """Replaces the usual course of a fault."""
    await asyncio.to_thread(call_cluster, "backup")
    period = Period(rounds.ledger, rounds.say, rounds.verbose)
    await load(rounds, period, SECONDS, lambda: note_point(rounds))
    rounds.say(f"the cluster is restored to {rounds.point}")
    await asyncio.to_thread(call_cluster, "restore", "--to", str(rounds.point), "--yes")
    rounds.ledger.return_to_mark()
    await asyncio.to_thread(rounds.scene.await_whole)
    await load(rounds, period, SECONDS)
    period.end()
    return await rounds.judge(fault, period)


async def load(rounds, period, seconds, in_the_middle=None):
    """Clients for so many seconds, or twice as many with something in the middle. All their writes have an outcome in the end."""
    clients = Clients(period)
    clients.start(continuous(clients, rounds.plans))
    await asyncio.sleep(seconds)
    if in_the_middle:
        in_the_middle()
        await asyncio.sleep(seconds)
    clients.require_running()
    await clients.stop(60)


def note_point(rounds):
    rounds.ledger.mark()
    rounds.point = datetime.now(timezone.utc)


def call_cluster(*words):
    done = subprocess.run([ROOT / "cluster/cluster", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Failure(f"cluster/cluster {words[0]}: {done.stderr.strip()}")
