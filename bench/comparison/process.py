"""Processes that end together with this program, and the CPU time and memory that they use."""

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

STOP_TIMEOUT = 30  # seconds from SIGTERM to SIGKILL
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h
libc = ctypes.CDLL(None)


class Failure(Exception):
    """Why the measurement cannot run or is not valid, for the person who started it."""


class Process:
    """A program in the background. Its output goes to a file, whose end explains a failure."""

    def __init__(self, name, command, log, environment, stdin, stop_signal):
        self.name = name
        self.stop_signal = stop_signal
        self.log = log
        with self.log.open("wb") as output:
            self.child = subprocess.Popen(
                [str(word) for word in command], cwd=log.parent, env=environment, stdin=stdin, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=end_with_parent)

    def require_running(self):
        if self.child.poll() is not None:
            raise Failure(f"{self.name} ended with exit status {self.child.returncode}: {self.last_lines()}")

    def last_lines(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def cpu_seconds(self):
        return cpu_seconds(self.child.pid)

    def reset_peak_memory(self):
        for pid in descendants(self.child.pid, process_table()):
            write_ignoring_its_end(Path(f"/proc/{pid}/clear_refs"), "5")

    def peak_memory_mib(self):
        """The most memory that was resident at a time since the last reset, added up over the processes."""
        return sum(peak_kib(pid) for pid in descendants(self.child.pid, process_table())) / 1024

    def stop(self):
        if self.child.stdin:
            self.child.stdin.close()
        else:
            self.child.send_signal(self.stop_signal)
        try:
            self.child.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


class Processes:
    """
    Everything that was started, with a folder for its files. Leaving the context stops the processes, the last one first, and
    deletes the folder. A process whose parent has ended becomes a child of this program, so that it is found.
    """

    def __init__(self, parent):
        self.running = []
        self.parent = parent
        self.folder = parent / f"run-{os.getpid()}"

    def __enter__(self):
        self.lock = lock()
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
        for killed in self.parent.glob("run-*"):
            if not Path("/proc", killed.name.removeprefix("run-")).exists():
                shutil.rmtree(killed, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self

    def start(self, name, command, environment=None, stdin=subprocess.DEVNULL, stop_signal=signal.SIGTERM):
        """Starts a program with these variables only, so that settings of the caller's shell have no effect."""
        inherited = {variable: os.environ[variable] for variable in ("HOME", "PATH") if variable in os.environ}
        same = sum(process.name == name for process in self.running)
        log = self.folder / (f"{name}-{same + 1}.log" if same else f"{name}.log")
        process = Process(name, command, log, {**inherited, "LANG": "C.UTF-8", **(environment or {})}, stdin, stop_signal)
        self.running.append(process)
        return process

    def stop(self, process):
        process.stop()
        self.running.remove(process)

    def await_end(self, process, timeout):
        """Waits until a program has ended by itself, and returns its output."""
        try:
            status = process.child.wait(timeout)
        except subprocess.TimeoutExpired:
            raise Failure(f"{process.name} has not ended within {timeout} s: {process.last_lines()}") from None
        if status:
            raise Failure(f"{process.name} ended with exit status {status}: {process.last_lines()}")
        self.running.remove(process)
        return process.log.read_text()

    def __exit__(self, *_):
        # Programs that are started afterwards must not inherit that the signals are ignored.
        handlers = {interruption: signal.signal(interruption, signal.SIG_IGN)
                    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        for process in reversed(self.running):
            process.stop()
        while orphans := [pid for pid, (parent, _) in process_table().items() if parent == os.getpid()]:
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        shutil.rmtree(self.folder, ignore_errors=True)
        for interruption, handler in handlers.items():
            signal.signal(interruption, handler)


def lock():
    """Holds a name that only one process of a machine can have: two measurements at once would measure each other."""
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind("\0kinoteka-bench")
    except OSError:
        raise Failure("another measurement of this kind runs on this machine (expected: one at a time)") from None
    return name


def end_with_parent():
    """Runs in a new process before its program: has it terminated when this program is killed and cannot stop it."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def process_table():
    """Parent and CPU seconds (user and system, with children that have ended) by process id."""
    table = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()  # the name before it may contain spaces
        except (FileNotFoundError, ProcessLookupError):
            continue
        table[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:15])) / CLOCK_TICKS
    return table


def cpu_seconds(root):
    """CPU seconds that a process and all its descendants have used so far."""
    table = process_table()
    return sum(table[pid][1] for pid in descendants(root, table))


def descendants(root, table):
    """The ids of a process and all that it has started, as far as they run."""
    found, pending = [], [root]
    while pending:
        process = pending.pop()
        if process in table:
            found.append(process)
        pending += [pid for pid, (parent, _) in table.items() if parent == process]
    return found


def peak_kib(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) if found else 0


def write_ignoring_its_end(file, text):
    """Writes into a file of /proc, unless its process has ended in the meantime."""
    try:
        file.write_text(text)
    except (FileNotFoundError, ProcessLookupError):
        pass


def machine_cpu_seconds():
    """CPU seconds that everything on this machine has used so far, and time that a hypervisor gave to others."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split(None, 9)[1:9])
    return (user + nice + system + irq + softirq + steal) / CLOCK_TICKS


def await_until(condition, description, process, timeout=120):
    """Waits for a condition, at most these seconds and not longer than the process runs."""
    deadline = time.monotonic() + timeout
    while not condition():
        process.require_running()
        if time.monotonic() > deadline:
            raise Failure(f"{description} not within {timeout} s: {process.last_lines()}")
        time.sleep(0.1)
