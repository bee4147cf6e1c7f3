"""What can be done to a machine, and how it is undone."""

import os
import signal
from pathlib import Path

from kinoteka_cluster import network, patroni
from kinoteka_cluster.commands import run


class Injection:
    """Each method that breaks something says so, and has a method that heals it."""

    def __init__(self, scene, say):
        self.scene = scene
        self._say = say
        self._stopped = []
        self._cut = []
        self._frozen = []

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
        """kill -9, and it stays away."""
        self._say(f"kill -9 of {name}")
        self._stopped.append(name)
        pid = self.scene.supervisor.pid(name)
        send(signal.SIGKILL, *children(pid), pid)
        self.scene.supervisor.control("stop", name)

    # Machines

    def lose(self, *machines):
        """As if the power failed: nothing says goodbye, and packets to these machines are not answered."""
        self._say(f"power failure of {', '.join(machine.name for machine in machines)}")
        for machine in machines:
            set_link(machine, "down")
        for machine in machines:
            network.kill_all(machine)
        for machine in machines:
            self._stopped.append(self.scene.program(machine))
            self.scene.supervisor.control("stop", self.scene.program(machine))
            network.kill_all(machine)

    def start_again(self):
        """Starts what was stopped or lost."""
        names, self._stopped = self._stopped, []
        if names:
            self._say(f"{', '.join(names)} start again")
        for machine in self.scene.machines.all:
            if self.scene.program(machine) in names:
                set_link(machine, "up")
        for name in names:
            self.scene.supervisor.control("start", name)

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

    def heal(self):
        """Undoes everything that is still broken."""
        self.thaw()
        self.reconnect()
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
