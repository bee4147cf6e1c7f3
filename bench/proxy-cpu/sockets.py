"""Connections as the kernel lists them."""

from pathlib import Path


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
