"""A network inside this machine: a bridge, and a network namespace for each machine of the cluster."""

import json
import os
import signal
import time
from pathlib import Path

from .commands import attempt, run
from .failure import Failure
from .machines import NAMESPACES

BRIDGE = "kinoteka0"


def create(machines):
    """Creates what is missing. The bridge carries the folder of the cluster as its alias, so that a second cluster finds it."""
    if not exists():
        require_unused(machines.network)
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        run("ip", "link", "set", BRIDGE, "alias", machines.folder)
        run("ip", "address", "add", f"{machines.here}/24", "dev", BRIDGE)
        run("ip", "link", "set", "lo", "up")
    run("ip", "link", "set", BRIDGE, "up")
    for number, machine in enumerate(machines.all):
        if not (NAMESPACES / machine.namespace).exists():
            connect(machine, f"kinoteka0p{number}")


def connect(machine, port):
    """Plugs a machine into the bridge."""
    inside = ["ip", "-netns", machine.namespace]
    run("ip", "netns", "add", machine.namespace)
    run("ip", "link", "add", port, "master", BRIDGE, "type", "veth", "peer", "name", "eth0", "netns", machine.namespace)
    run("ip", "link", "set", port, "up")
    run(*inside, "address", "add", f"{machine.address}/24", "dev", "eth0")
    run(*inside, "link", "set", "eth0", "up")
    run(*inside, "link", "set", "lo", "up")


def delete(machines):
    """Ends what still runs on the machines, and deletes them."""
    for machine in machines.all:
        if (NAMESPACES / machine.namespace).exists():
            kill_all(machine)
            run("ip", "netns", "delete", machine.namespace)
    if exists():
        run("ip", "link", "delete", BRIDGE)


def kill_all(machine):
    """PostgreSQL survives a Patroni that is killed, so that ending the programs that were started is not enough."""
    while pids := process_ids(machine):
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.05)


def process_ids(machine):
    return [int(pid) for pid in run("ip", "netns", "pids", machine.namespace).split()]


def owner():
    """The folder of the cluster that runs on this machine, or None."""
    if not exists():
        return None
    return Path(json.loads(run("ip", "-json", "link", "show", BRIDGE))[0].get("ifalias", "/"))


def exists():
    return attempt("ip", "link", "show", BRIDGE).returncode == 0


def require_unused(network):
    for interface in json.loads(run("ip", "-json", "-4", "address")):
        for address in interface["addr_info"]:
            if address["local"].rpartition(".")[0] == network:
                raise Failure(f"CLUSTER_NETWORK: {network} (expected: another network, because {interface['ifname']} has {address['local']})")
