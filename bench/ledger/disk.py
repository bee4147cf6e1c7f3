"""A disk that can be filled without filling that of this machine."""

import shutil

from kinoteka_cluster.commands import attempt, run
from kinoteka_cluster.failure import Failure

MESSAGE = 8 * 1024**2  # bytes of the log
SPARE = 400 * 1024**2  # bytes that are free before it is filled


class SmallDisk:
    """A file system in memory, of a fixed size, with the data of one of the servers. It ends with the mount namespace of the measurement."""

    def __init__(self, scene, say):
        self._scene = scene
        self._say = say
        self._machine = None

    def create(self):
        """Moves the data of the synchronous replica there, which is stopped meanwhile. Returns its machine."""
        if self._machine is None:
            machine = self._scene.synchronous_replica()
            data, program = machine.folder / "data", self._scene.program(machine)
            moved = data.with_name("data.moved")
            self._scene.supervisor.control("stop", program)
            data.rename(moved)
            data.mkdir(mode=0o700)
            used = int(run("du", "--summarize", "--bytes", moved).split()[0])
            run("mount", "-t", "tmpfs", "-o", f"size={used + SPARE},mode=0700,uid={moved.stat().st_uid},gid={moved.stat().st_gid}", "tmpfs", data)
            run("cp", "--archive", f"{moved}/.", data)
            shutil.rmtree(moved)
            self._scene.supervisor.control("start", program)
            self._scene.await_whole()
            self._machine = machine
        return self._machine

    def fill(self):
        """Fills the disk, and then the files of the log that PostgreSQL has in reserve, until it cannot write any more."""
        self._say(f"the disk of {self._machine.name} is full")
        attempt("dd", "if=/dev/zero", f"of={self._filler}", "bs=1M")  # ends when there is no space
        for _ in range(SPARE // MESSAGE):
            try:
                self._scene.query_on(self._machine, f"select pg_logical_emit_message(false, 'ledger', repeat('x', {MESSAGE}))")
            except Failure:
                self._say(f"PostgreSQL on {self._machine.name} cannot write any more")
                return
        raise Failure(f"PostgreSQL on {self._machine.name} still writes {SPARE} bytes after its disk is full")

    def free(self):
        if self._machine and self._filler.exists():
            self._say(f"the disk of {self._machine.name} has space again")
            self._filler.unlink()

    @property
    def _filler(self):
        return self._machine.folder / "data/filler"
