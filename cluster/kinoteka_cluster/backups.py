"""Backups with pgBackRest: a repository on a machine of its own, to which the nodes send their log (write-ahead log archiving)."""

import json
import string
from datetime import datetime, timezone
from pathlib import Path

from . import files
from .commands import run
from .passwords import read_or_generate
from .programs import Program

CONFIGURATION = Path(__file__).resolve().parent.parent / "config"
STANZA = "kinoteka"
CLUSTER = Path(__file__).resolve().parent.parent / "cluster"


def programs(settings, machines):
    """pgBackRest's server on each machine, and the schedule of the backups."""
    return [
        *(Program(name, ["pgbackrest", f"--config={file(machine)}", "server"], machine.user, machine)
          for name, machine in zip(server_names(machines), [*machines.postgres, machines.backup])),
        Program("backup-schedule", ["/usr/bin/python3", CLUSTER, "schedule"], "root", machines.backup, {
            name: settings.variables[name] for name in ("KINOTEKA_CLUSTER", "BACKUP_INTERVAL_CRON")})]


def server_names(machines):
    return [f"pgbackrest-{machine.name}" for machine in [*machines.postgres, machines.backup]]


def configure(settings, machines):
    """Writes the configuration of pgBackRest on all machines."""
    backup = machines.backup
    for machine in machines.postgres:
        write(machine, string.Template(read("pgbackrest-node.conf")).substitute(
            FOLDER=machine.folder, ADDRESS=machine.address, REPOSITORY=backup.address, REPOSITORY_FOLDER=backup.folder))
    repository = string.Template(read("pgbackrest-repository.conf")).substitute(
        FOLDER=backup.folder, ADDRESS=backup.address, RETENTION=settings.backup_retention,
        PASSWORD=read_or_generate(settings, "repository"),
        CLIENTS="\n".join(f"tls-server-auth={machine.name}={STANZA}" for machine in machines.postgres))
    text = repository
    for number, machine in enumerate(machines.postgres, 1):
        tls = backup.certificates
        text += "".join(f"pg{number}-{name}={value}\n" for name, value in {
            "host": machine.address, "host-type": "tls", "host-ca-file": tls / "ca.crt", "host-cert-file": tls / "node.crt",
            "host-key-file": tls / "node.key", "host-config": file(machine), "path": machine.folder / "data",
            "socket-path": machine.folder / "run"}.items())
    write(backup, text)
    # pgBackRest restores to servers of PostgreSQL only: for the restore test the machine of the repository is one.
    write(backup, f"{repository}pg1-path={backup.folder}/restored\n", "restore-test.conf")


def read(name):
    return (CONFIGURATION / name).read_text(encoding="utf-8")


def write(machine, text, name="pgbackrest.conf"):
    files.create_folder(machine.folder / "run", machine.user, 0o750)
    files.write(file(machine, name), text, machine.user)


def file(machine, name="pgbackrest.conf"):
    return machine.folder / name


def command(machine, *words, name="pgbackrest.conf"):
    """pgBackRest with these words and the configuration of this name, on this machine, as its user."""
    program = Program("", ["pgbackrest", f"--config={file(machine, name)}", f"--stanza={STANZA}", *words], machine.user, machine)
    return program.words()


def create_repository(machines):
    """Harmless if it is there. Needs a primary."""
    run(*command(machines.backup, "stanza-create"))


def back_up(machines, kind):
    """Makes a backup of this kind, `full` or `diff`; the first one is always full. Deletes those that retention does not keep."""
    run(*command(machines.backup, f"--type={kind}", "backup"))


def back_up_now(settings, machines):
    """The command `backup`."""
    back_up(machines, "full")
    show(settings, machines)


def show(_settings, machines):
    """The command `backups`."""
    for backup in existing(machines):
        print(f"{backup['completed']:%Y-%m-%d %H:%M:%S}+00:00  {backup['type']:4}  {backup['label']}")


def existing(machines):
    """The backups in the repository, the oldest first: label, type, and when each was complete."""
    found = json.loads(run(*command(machines.backup, "--output=json", "info")))
    return [
        {"label": backup["label"], "type": backup["type"], "bytes": backup["info"]["size"],
         "seconds": backup["timestamp"]["stop"] - backup["timestamp"]["start"],
         "completed": datetime.fromtimestamp(backup["timestamp"]["stop"], timezone.utc)}
        for stanza in found for backup in stanza["backup"] if not backup["error"]]


def archive_now(machines):
    """Waits until everything that is committed is in the repository."""
    run(*command(machines.backup, "check"))
