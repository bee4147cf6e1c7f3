"""What the machines need before their programs start: folders, passwords, configurations and certificates."""

from . import backups, certificates, files, passwords, patroni
from .settings import keep


def prepare(settings, machines):
    """Creates what is missing. The certificates come last, so that a machine that has its key has everything."""
    settings.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    keep(settings)
    for machine in machines.all:
        files.create_folder(machine.folder, machine.user)
    passwords.generate(settings)
    patroni.configure(machines)
    backups.configure(settings, machines)
    certificates.create(machines)


def is_prepared(folder):
    """Whether this is the folder of a machine, or that of the client, with everything in it."""
    return any((folder / file).exists() for file in ("tls/node.key", "node.key"))
