"""The CPU time that requests cost in each of the processes that serve them."""

from dataclasses import dataclass
from pathlib import Path

from process import Process


@dataclass(frozen=True)
class Backend:
    """What is behind all proxies."""

    catalogue: Process
    catalogue_port: int
    catalogue_operators: int
    database: Process


class Costs:
    """CPU time of a proxy, which may be None, and of its backend, from the creation of this object on."""

    def __init__(self, proxy, backend):
        self.processes = {"proxy_cpu": proxy, "catalogue_cpu": backend.catalogue, "database_cpu": backend.database}
        self.before = self.cpu_seconds()

    def cpu_seconds(self):
        return {name: process.cpu_seconds() for name, process in self.processes.items() if process}

    def per_request(self, requests):
        """Microseconds."""
        after = self.cpu_seconds()
        return {name: (after[name] - before) / max(1, requests) * 1e6 for name, before in self.before.items()}


def client_ports(server_port):
    """
    The clients' ports of all connections to a port of this machine, also of those that were closed within the last minute: the
    side that closes a connection keeps it in TIME_WAIT, so that a connection for each request cannot be overlooked.
    """
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            local, remote = (int(address.rpartition(":")[2], 16) for address in line.split()[1:3])
            if remote == server_port:
                ports.add(local)
            elif local == server_port and remote:
                ports.add(remote)
    return ports
