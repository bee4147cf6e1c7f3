"""The machines of the cluster: their names, addresses and folders."""

from dataclasses import dataclass
from pathlib import Path

POSTGRESQL_PORT, PATRONI_PORT, ETCD_CLIENT_PORT, ETCD_PEER_PORT, BACKUP_PORT = 5432, 8008, 2379, 2380, 8432
NAMESPACES = Path("/run/netns")
PRIMARY_PORT, REPLICAS_PORT, STATISTICS_PORT = 5001, 5002, 7001  # of HAProxy


@dataclass(frozen=True)
class Machine:
    """A network namespace with an address of its own. `folder` has everything that would be on its disk."""

    name: str
    address: str
    user: str
    folder: Path

    @property
    def namespace(self):
        return f"kinoteka-{self.name}"

    @property
    def certificates(self):
        return self.folder / "tls"


class Machines:
    """All machines that the settings ask for."""

    def __init__(self, settings):
        self.network = settings.network
        self.here = f"{settings.network}.1"
        self.folder = settings.folder
        self.postgres = [self._machine(f"postgres{number}", 10 + number, "postgres") for number in range(1, settings.nodes + 1)]
        self.etcd = [self._machine(f"etcd{number}", 20 + number, "etcd") for number in (1, 2, 3)]
        self.backup = self._machine("backup", 31, "postgres")

    @property
    def all(self):
        return [*self.etcd, *self.postgres, self.backup]

    def named(self, name):
        return next(machine for machine in self.all if machine.name == name)

    @property
    def client(self):
        """The folder of the certificate with which HAProxy and the commands here authenticate themselves."""
        return self.folder / "client"

    @property
    def database_hosts(self):
        return ",".join(f"{machine.address}:{POSTGRESQL_PORT}" for machine in self.postgres)

    def _machine(self, name, last_byte, user):
        return Machine(name, f"{self.network}.{last_byte}", user, self.folder / name)
