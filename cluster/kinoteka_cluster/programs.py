"""The programs of the cluster, which supervisord starts, restarts and stops."""

import os
import pwd
import shlex
import time
from dataclasses import dataclass, field
from pathlib import Path

from .commands import attempt, run
from .failure import Failure
from .machines import NAMESPACES

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
RESTARTS = 1_000_000  # a program is started again for ever, with growing pauses

SUPERVISORD = """\
[supervisord]
logfile={folder}/log/supervisord.log
logfile_maxbytes=1MB
pidfile={folder}/run/supervisord.pid
childlogdir={folder}/log
user=root

[unix_http_server]
file={folder}/run/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{folder}/run/supervisor.sock
"""

PROGRAM = """
[program:{name}]
command={command}
environment={environment}
directory={directory}
autostart=false
autorestart=true
startsecs=2
startretries={restarts}
stopwaitsecs={stop_timeout}
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile={log}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=3
"""


@dataclass(frozen=True)
class Program:
    """A program that runs on a machine of the cluster, or without one on this machine, as this user."""

    name: str
    command: list
    user: str
    machine: object = None
    environment: dict = field(default_factory=dict)
    stop_timeout: int = 30

    def words(self):
        """
        The command as root calls it. Each of these programs replaces itself with the next one, so that the process id stays. In a
        container, which is a machine, there is no network namespace to enter.
        """
        namespace = self.machine and NAMESPACES / self.machine.namespace
        inside = ["nsenter", f"--net={namespace}"] if namespace and namespace.exists() else []
        as_user = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups", "--no-new-privs"] if self.user != "root" else []
        return [*inside, *as_user, *self.command]

    def variables(self):
        return {"HOME": pwd.getpwnam(self.user).pw_dir, "USER": self.user, **self.environment}


class Supervisor:
    """supervisord with its configuration below the folder of the cluster."""

    def __init__(self, folder):
        self.folder = folder
        self.configuration = folder / "supervisord.conf"

    def is_running(self):
        return (self.folder / "run/supervisor.sock").exists() and attempt(*self._ctl("pid")).returncode == 0

    def start(self, programs):
        """Starts supervisord if necessary, with these programs. Those whose configuration has changed are stopped."""
        for folder in ("run", "log"):
            (self.folder / folder).mkdir(mode=0o755, parents=True, exist_ok=True)
        self._write(programs)
        if self.is_running():
            run(*self._ctl("update"))
        else:
            (self.folder / "run/supervisor.sock").unlink(missing_ok=True)
            run("env", "--ignore-environment", f"PATH={PATH}", "LANG=C.UTF-8", "supervisord", "--configuration", self.configuration)

    def start_programs(self, *names):
        """Starts those that do not run yet."""
        states = self.states()
        for name in names:
            if states.get(name) not in ("RUNNING", "STARTING"):
                self.control("start", name)

    def control(self, *words):
        done = attempt(*self._ctl(*words))
        if "ERROR" in done.stdout and "already started" not in done.stdout:
            raise Failure(f"supervisorctl {shlex.join(words)}: {done.stdout.strip()} (log: {self.log(words[-1])})")
        return done.stdout

    def states(self):
        """The state of each program by its name, such as RUNNING."""
        lines = attempt(*self._ctl("status")).stdout.splitlines()
        return {words[0]: words[1] for words in map(str.split, lines) if len(words) > 1}

    def pid(self, name):
        """The process id of a program, or 0 while it does not run."""
        said = attempt(*self._ctl("pid", name)).stdout.strip()
        return int(said) if said.isdigit() else 0

    def stop(self):
        """Stops all programs and supervisord itself."""
        if not self.is_running():
            return
        run(*self._ctl("shutdown"))
        pid_file = self.folder / "run/supervisord.pid"
        deadline = time.monotonic() + 90
        while pid_file.exists() or self.is_running():
            if time.monotonic() > deadline:
                raise Failure(f"supervisord has not stopped within 90 s (log: {self.folder}/log/supervisord.log)")
            time.sleep(0.1)

    def log(self, name):
        return self.folder / "log" / f"{name}.log"

    def _write(self, programs):
        text = SUPERVISORD.format(folder=self.folder) + "".join(self._section(program) for program in programs)
        with open(os.open(self.configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)

    def _section(self, program):
        words = [str(word) for word in program.words()]
        return PROGRAM.format(
            name=program.name, command=quoted(shlex.join(words)), directory=self.folder, log=self.folder / "log", restarts=RESTARTS,
            stop_timeout=program.stop_timeout,
            environment=",".join(f'{name}="{quoted(str(value))}"' for name, value in sorted(program.variables().items())))

    def _ctl(self, *words):
        return ["supervisorctl", "--configuration", self.configuration, *words]


def quoted(text):
    """Text as it stands in supervisord's configuration."""
    if '"' in text or "\n" in text or "\\" in text:
        raise Failure(f"A setting of a program contains a quotation mark, a backslash or a line break: {Path(text).name[:40]}")
    return text.replace("%", "%%")
