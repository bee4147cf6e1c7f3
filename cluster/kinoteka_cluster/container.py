"""The commands of the containers in compose.yaml: the same programs and configuration, without network namespaces and supervisord."""

import os
import shutil

from . import backups, database, etcd, haproxy, patroni, preparation
from . import people as roles
from .failure import Failure
from .passwords import read_or_generate
from .people import print_passwords
from .waiting import await_until

SERVICE_USER = 65532  # of the services' images


def setup(settings, machines):
    """Prepares all machines, and as soon as there is a primary its roles and the database. The services find their secrets afterwards."""
    preparation.prepare(settings, machines)
    await_until(lambda: patroni.primary(machines), "there is no primary (log: that of the container postgres1)")
    patroni.synchronize(machines, settings.synchronous)
    database.create(settings, database.Database(settings, machines))
    write_secrets(settings)


def people(settings, machines):
    """Creates the roles of analysts and of monitoring, and prints the passwords of new analysts."""
    print_passwords(roles.create(settings, database.Database(settings, machines)))


def write_secrets(settings):
    """The folder that the services mount: a file for each secret, named after its setting."""
    folder = settings.folder / "services"
    folder.mkdir(mode=0o755, exist_ok=True)
    shutil.copy(settings.folder / "ca/ca.crt", folder / "ca.crt")
    credential = read_or_generate(settings, "gateway")
    for name, secret in {
            "kinoteka.catalog.database.password": read_or_generate(settings, "service"),
            "kinoteka.catalog.database.migration.password": read_or_generate(settings, "owner"),
            "kinoteka.catalog.gateway.credentials": credential,
            "kinoteka.gateway.upstream.credential": credential}.items():
        unfinished = folder / f".{name}"
        unfinished.write_text(secret, encoding="utf-8")
        unfinished.chmod(0o400)
        os.chown(unfinished, SERVICE_USER, SERVICE_USER)
        unfinished.replace(folder / name)


def run(settings, machines, words):
    """Becomes the program of this name, as its user, once its machine is prepared."""
    names = {program_name: folder for folder, program_names in programs_by_folder(machines).items() for program_name in program_names}
    if len(words) != 1 or words[0] not in names:
        raise Failure(f"usage: cluster/cluster run NAME, with one of {', '.join(sorted(names))}")
    [name], folder = words, names[words[0]]
    await_until(lambda: preparation.is_prepared(folder), f"{folder} is not prepared (log: that of the container setup)")
    candidates = [*etcd.programs(machines), haproxy.program(machines, "*"), *backups.programs(settings, machines)]
    if name.startswith("patroni"):
        candidates += patroni.programs(settings, machines)
    program = next(candidate for candidate in candidates if candidate.name == name)
    words = [str(word) for word in program.words()]
    os.execvpe(words[0], words, {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **{
        variable: str(value) for variable, value in program.variables().items()}})


def programs_by_folder(machines):
    return {
        **{machine.folder: [machine.name] for machine in machines.etcd},
        **{machine.folder: [f"patroni{number}", f"pgbackrest-{machine.name}"] for number, machine in enumerate(machines.postgres, 1)},
        machines.backup.folder: ["pgbackrest-backup", "backup-schedule"],
        machines.client: ["haproxy"]}
