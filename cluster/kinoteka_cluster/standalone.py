"""A PostgreSQL without Patroni, on restored data, that only this machine can reach."""

import time
from contextlib import contextmanager

from . import backups, files, patroni
from .commands import attempt, run
from .failure import Failure
from .programs import Program

START_TIMEOUT = 3600  # seconds; recovery reads the log since the backup


def restore(machine, data, *options, configuration="pgbackrest.conf"):
    """Restores the newest suitable backup into this folder. PostgreSQL recovers to the target of these options when it starts."""
    run(*as_user(machine, "mkdir", "-m", "700", data))
    run(*backups.command(machine, f"--pg1-path={data}", *options, "restore", name=configuration))


@contextmanager
def server(machine, data, *settings):
    """Starts PostgreSQL with these settings, waits until its recovery has ended or paused, and stops it at the end."""
    log = machine.folder / "run/standalone.log"
    options = " ".join(f"-c {setting}" for setting in (
        "listen_addresses=''", f"unix_socket_directories={machine.folder}/run", f"hba_file={hba(machine)}", "ssl=off",
        "synchronous_standby_names=''", *settings))
    control = as_user(machine, patroni.binaries() / "pg_ctl", f"--pgdata={data}")
    try:
        started = attempt(*control, f"--log={log}", "--wait", f"--timeout={START_TIMEOUT}", f"--options={options}", "start")
        if started.returncode != 0:
            raise Failure(f"PostgreSQL does not start on the restored data: {last_error(log)}")
        await_end_of_recovery(machine, log, control)
        yield
    finally:
        stop(machine, data)
        log.unlink(missing_ok=True)


def stop(machine, data):
    """Stops a server if one runs on these data."""
    attempt(*as_user(machine, patroni.binaries() / "pg_ctl", f"--pgdata={data}", "--mode=fast", "--wait", "stop"))


def await_end_of_recovery(machine, log, control):
    deadline = time.monotonic() + START_TIMEOUT
    while attempt(*control, "status").returncode == 0 and time.monotonic() < deadline:
        done = attempt(*psql(machine, "postgres"), stdin="select not pg_is_in_recovery() or pg_get_wal_replay_pause_state() = 'paused'")
        if done.stdout.strip() == "t":
            return
        time.sleep(0.3)
    raise Failure(f"PostgreSQL cannot recover to this time: {last_error(log)}")


def query(machine, sql, database="postgres"):
    return run(*psql(machine, database), stdin=sql).strip()


def psql(machine, database):
    return as_user(machine, "psql", "-XqAt", "--set=ON_ERROR_STOP=1", f"--host={machine.folder}/run", "--username=postgres", database)


def as_user(machine, *words):
    return Program("", list(words), machine.user, machine).words()


def hba(machine):
    """Whoever may enter the folder of the socket may connect: only the user postgres can."""
    file = machine.folder / "run/standalone-hba.conf"
    files.write(file, "local all postgres peer\n", machine.user)
    return file


def last_error(log):
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    errors = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line and "starting up" not in line]
    return errors[-1] if errors else "its log says nothing"
