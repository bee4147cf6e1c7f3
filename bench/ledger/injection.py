"""What can be done to a machine, and how it is undone."""

import os
import signal
import threading
import time
from pathlib import Path

from disk import SmallDisk
from kinoteka_cluster import network, patroni
from kinoteka_cluster.commands import run


class Injection:
    """Breaks something, says so, and knows how to heal it."""

    def __init__(self, scene, say):
        self.scene = scene
        self._say = say
        self._disk = SmallDisk(scene, say)
        self._stopped = []
        self._cut = []
        self._frozen = []
        self._paused = []

    # Processes

    def kill_postgresql(self, machine):
        self._say(f"kill -9 of PostgreSQL on {machine.name}")
        send(signal.SIGKILL, int((machine.folder / "data/postmaster.pid").read_text().split()[0]))

    def kill_patroni(self, machine):
        """supervisord starts it again, as systemd would."""
        self._say(f"kill -9 of Patroni on {machine.name}")
        send(signal.SIGKILL, self.scene.supervisor.pid(self.scene.program(machine)))

    def freeze(self, machine):
        self._say(f"SIGSTOP of all processes on {machine.name}")
        self._frozen.append(machine)
        send(signal.SIGSTOP, *network.process_ids(machine))

    def thaw(self):
        for machine in self._frozen:
            self._say(f"SIGCONT of all processes on {machine.name}")
            send(signal.SIGCONT, *network.process_ids(machine))
        self._frozen.clear()

    def switch_over(self):
        candidate = self.scene.synchronous_replica()
        self._say(f"switchover from {self.scene.primary().name} to {candidate.name}")
        patroni.switch_over(self.scene.machines, candidate)

    def stop_program(self, name):
        """kill -9, and supervisord does not start it again."""
        self._say(f"kill -9 of {name}")
        pid = self.scene.supervisor.pid(name)
        self._kill_for_good(name, lambda: [*children(pid), pid])

    # Machines

    def lose(self, *machines):
        """As if their power failed at the same moment: no connection is closed, and packets to them are not answered."""
        self._say(f"power failure of {', '.join(machine.name for machine in machines)}")
        for machine in machines:
            set_link(machine, "down")
        for machine in machines:
            send(signal.SIGSTOP, *network.process_ids(machine))
        for machine in machines:
            self._kill_for_good(self.scene.program(machine), lambda lost=machine: network.process_ids(lost))

    def start_again(self):
        """Starts what was stopped or lost."""
        names, self._stopped = self._stopped, []
        if not names:
            return
        self._say(f"{', '.join(names)} start again")
        for machine in self.scene.machines.all:
            if self.scene.program(machine) in names:
                set_link(machine, "up")
        self.scene.supervisor.control("start", "all")

    def _kill_for_good(self, name, find_pids):
        """Tells supervisord to stop a program, and kills the program's processes before they learn of it."""
        send(signal.SIGSTOP, *find_pids())
        self._stopped.append(name)
        stop = threading.Thread(target=self.scene.supervisor.control, args=("stop", name))
        stop.start()
        while stop.is_alive() and self.scene.supervisor.states()[name] != "STOPPING":
            time.sleep(0.05)
        while pids := find_pids():
            send(signal.SIGKILL, *pids)
            if not stop.is_alive():
                break
            time.sleep(0.05)
        stop.join()

    # Network

    def cut(self, machine, *addresses):
        """Packets between a machine and these addresses are dropped, in both directions."""
        self._say(f"{machine.name} is cut off from {', '.join(addresses)}")
        self._cut.append((machine, addresses))
        filter_packets(machine, "--append", addresses)

    def reconnect(self):
        for machine, addresses in self._cut:
            self._say(f"{machine.name} is connected again")
            filter_packets(machine, "--delete", addresses)
        self._cut.clear()

    # Replication

    def pause_replay(self):
        """Replicas receive the log, so that commits do not wait, and do not apply it."""
        self._paused = self.scene.replicas()
        self._say(f"{', '.join(replica.name for replica in self._paused)} do not replay the log any more")
        for replica in self._paused:
            self.scene.query_on(replica, "select pg_wal_replay_pause()")

    def resume_replay(self):
        for replica in self._paused:
            self._say(f"{replica.name} replays the log again")
            self.scene.query_on(replica, "select pg_wal_replay_resume()")
        self._paused = []

    # Disk

    def limit_disk(self):
        """Makes a server with a small disk the primary. Patroni only accepts the synchronous replica, so there must be no other one."""
        machine = self._disk.create()
        others = [replica for replica in self.scene.replicas() if replica != machine]
        if self.scene.primary() == machine:
            return
        for other in others:
            self.scene.supervisor.control("stop", self.scene.program(other))
        while self.scene.synchronous_replica() != machine:
            time.sleep(0.3)
        self.switch_over()
        self.scene.supervisor.control("start", "all")

    def fill_disk(self):
        self._disk.fill()

    def heal(self):
        """Undoes everything that is still broken."""
        self.thaw()
        self.reconnect()
        self.resume_replay()
        self._disk.free()
        self.start_again()


def send(number, *pids):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def children(pid):
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in file.read_text().split()] if file.exists() else []


def set_link(machine, state):
    run("ip", "-netns", machine.namespace, "link", "set", "eth0", state)


def filter_packets(machine, action, addresses):
    for address in addresses:
        for chain, side in (("INPUT", "--source"), ("OUTPUT", "--destination")):
            run("nsenter", f"--net=/run/netns/{machine.namespace}", "iptables", "--wait", action, chain, side, address, "--jump", "DROP")
