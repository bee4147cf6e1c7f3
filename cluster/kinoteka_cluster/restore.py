"""Restores the whole cluster to a point in time."""

import shutil
import time
from datetime import datetime, timezone

from . import backups, command, database, etcd, patroni, standalone
from .failure import Failure
from .programs import Supervisor
from .waiting import await_until


USAGE = 'usage: cluster/cluster restore --to "2026-11-22 10:00:00+00:00" --yes [--without-primary]'


def restore(settings, machines, words):
    """`--to TIME --yes`. The backup is restored beside the data; only when PostgreSQL has recovered does it take their place."""
    target, is_without_primary = parse(words)
    command.require_root()
    with command.one_at_a_time():
        supervisor = Supervisor(settings.folder)
        if not supervisor.is_running():
            raise Failure(f"No cluster runs in {settings.folder} (expected: one that `make cluster` has started)")
        require_backup_before(machines, target)
        machine = patroni.primary(machines)
        if machine is None and not is_without_primary:
            raise Failure("There is no primary, whose newest log the repository may not have yet (expected: one; or --without-primary, and"
                          " what only the lost primary has is not restored)")
        restore_on(machine or machines.postgres[0], settings, machines, supervisor, target)


def restore_on(machine, settings, machines, supervisor, target):
    began = time.monotonic()
    nodes = [f"patroni{number}" for number, _ in enumerate(machines.postgres, 1)]
    restored = machine.folder / "data.restored"
    shutil.rmtree(restored, ignore_errors=True)
    require_space(machines, machine)
    try:
        say(f"The log until now is archived, and the newest backup before {target} restored on {machine.name}.")
        archive_everything(settings, machines)
        standalone.restore(
            machine, restored, "--type=time", f"--target={target.isoformat(sep=' ')}", "--target-action=promote", "--target-timeline=latest")
        say("PostgreSQL stops on all nodes, and recovers on this one.")
        supervisor.control("stop", *nodes)
        with standalone.server(machine, restored):
            standalone.query(machine, "alter system reset all")  # the target, which would stop every replica
        etcd.forget_cluster(machines)  # it describes the data from before
    except BaseException:  # also an interruption by the keyboard: the cluster goes on as it was
        shutil.rmtree(restored, ignore_errors=True)
        supervisor.start_programs(*nodes)
        raise
    for node in machines.postgres:
        set_aside(node.folder)
    restored.rename(machine.folder / "data")
    say("Patroni starts, and the replicas are created anew.")
    number = machines.postgres.index(machine) + 1
    supervisor.control("start", f"patroni{number}")
    await_until(lambda: patroni.primary(machines), f"there is no primary (log: {supervisor.log(f'patroni{number}')})")
    supervisor.control("start", *nodes)
    await_until(lambda: patroni.are_all_ready(machines), "not all replicas are ready (cluster/cluster status says more)", 600)
    print(f"The cluster is as it was at {target}, after {time.monotonic() - began:.0f} s. The data from before are in data.before-restore of"
          f" each node's folder in {settings.folder}; delete them when you do not need them any more.")


def set_aside(folder):
    """Keeps the data from before. Those of an earlier restore are only deleted if there are newer ones to keep."""
    data, former = folder / "data", folder / "data.before-restore"
    if data.exists():
        shutil.rmtree(former, ignore_errors=True)
        data.rename(former)


def require_space(machines, machine):
    needed = max(backup["bytes"] for backup in backups.existing(machines)) * 5 // 4
    free = shutil.disk_usage(machine.folder).free
    if free < needed:
        raise Failure(f"{machine.folder} has {free // 1024**2} MiB of free space (expected: at least {needed // 1024**2} MiB, for the backup)")


def parse(words):
    options = set(words[2:])
    if len(words) < 2 or words[0] != "--to" or options - {"--yes", "--without-primary"}:
        raise Failure(USAGE)
    try:
        target = datetime.fromisoformat(words[1])
    except ValueError:
        target = None
    if target is None or target.tzinfo is None:
        raise Failure(f'--to: {words[1]} (expected: a time with its offset from UTC, such as "2026-11-22 10:00:00+00:00")')
    if target > datetime.now(timezone.utc):
        raise Failure(f"--to: {words[1]} (expected: a time in the past)")
    if "--yes" not in options:
        raise Failure(f"Everything that was written after {target} will be gone (expected: --yes, if that is meant)")
    return target, "--without-primary" in options


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
