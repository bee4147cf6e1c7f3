"""Restores the whole cluster to a point in time."""

import shutil
import time
from datetime import datetime, timezone

from . import backups, database, etcd, patroni, standalone
from .failure import Failure
from .programs import Supervisor
from .waiting import await_until


def restore(settings, machines, words):
    """`--to TIME --yes`. The backup is restored beside the data; only when PostgreSQL has recovered does it take their place."""
    began = time.monotonic()
    target = parse(words)
    supervisor = Supervisor(settings.folder)
    if not supervisor.is_running():
        raise Failure(f"No cluster runs in {settings.folder} (expected: one that `make cluster` has started)")
    require_backup_before(machines, target)
    machine = patroni.primary(machines) or machines.postgres[0]
    data, restored, former = (machine.folder / name for name in ("data", "data.restored", "data.before-restore"))
    shutil.rmtree(restored, ignore_errors=True)

    say(f"The log until now is archived, and the newest backup before {target} restored on {machine.name}.")
    archive_everything(settings, machines)
    standalone.restore(
        machine, restored, "--type=time", f"--target={target.isoformat(sep=' ')}", "--target-action=promote", "--target-timeline=latest")
    nodes = [f"patroni{number}" for number, _ in enumerate(machines.postgres, 1)]
    say("PostgreSQL stops on all nodes, and recovers on this one.")
    supervisor.control("stop", *nodes)
    try:
        with standalone.server(machine, restored):
            standalone.query(machine, "alter system reset all")  # the target, which would stop every replica
    except Failure:
        shutil.rmtree(restored, ignore_errors=True)
        supervisor.control("start", *nodes)
        raise
    shutil.rmtree(former, ignore_errors=True)
    data.rename(former)
    restored.rename(data)
    for replica in machines.postgres:
        if replica != machine:
            shutil.rmtree(replica.folder / "data", ignore_errors=True)
    etcd.forget_cluster(machines)  # it describes data that are gone
    say("Patroni starts, and the replicas are created anew.")
    number = machines.postgres.index(machine) + 1
    supervisor.control("start", f"patroni{number}")
    await_until(lambda: patroni.primary(machines), f"there is no primary (log: {supervisor.log(f'patroni{number}')})")
    supervisor.control("start", *nodes)
    await_until(lambda: patroni.are_all_ready(machines), "not all replicas are ready (cluster/cluster status says more)", 600)
    print(f"The cluster is as it was at {target}, after {time.monotonic() - began:.0f} s. The data from before are in {former}; delete them"
          " when you do not need them any more.")


def parse(words):
    if len(words) < 2 or words[0] != "--to" or words[2:] not in ([], ["--yes"]):
        raise Failure('usage: cluster/cluster restore --to "2026-11-22 10:00:00+00" --yes')
    try:
        target = datetime.fromisoformat(words[1])
    except ValueError:
        target = None
    if target is None or target.tzinfo is None:
        raise Failure(f'--to: {words[1]} (expected: a time with its offset from UTC, such as "2026-11-22 10:00:00+00:00")')
    if target > datetime.now(timezone.utc):
        raise Failure(f"--to: {words[1]} (expected: a time in the past)")
    if words[2:] != ["--yes"]:
        raise Failure(f"Everything that was written after {target} will be gone (expected: --yes, if that is meant)")
    return target


def require_backup_before(machines, target):
    known = backups.existing(machines)
    if not known or known[0]["completed"] > target:
        oldest = known[0]["completed"] if known else "none yet"
        raise Failure(f"--to: {target} (expected: after the oldest backup, which was complete at {oldest})")


def archive_everything(settings, machines):
    """A commit after the target says that the target is reached. Without a primary the log is as complete as it can be."""
    if patroni.primary(machines) is None:
        return
    database.Database(settings, machines).execute("select pg_current_xact_id()")
    backups.archive_now(machines)


def say(text):
    print("==", text, flush=True)
