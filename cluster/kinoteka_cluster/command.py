"""The commands up, down, stop and status."""

import fcntl
import os
import shutil
import socket
import sys
from contextlib import contextmanager

from . import backups, database, etcd, haproxy, network, patroni, people, preparation, schedule, services
from .commands import attempt, run
from .failure import Failure
from .machines import PRIMARY_PORT, REPLICAS_PORT, STATISTICS_PORT
from .programs import Supervisor
from .settings import is_cluster
from .waiting import await_until

PACKAGES = (
    "etcd-client", "etcd-server", "haproxy", "iproute2", "openssl", "patroni", "pgbackrest", "postgresql", "python3-croniter", "supervisor",
    "util-linux")
PORTS = (PRIMARY_PORT, REPLICAS_PORT, STATISTICS_PORT)
SERVICE_PORTS = (services.GATEWAY_PORT, services.GATEWAY_OPERATORS_PORT, services.CATALOGUE_PORT, services.CATALOGUE_OPERATORS_PORT)
LEAST_FREE_BYTES = 2 * 1024**3
HERE = "127.0.0.1"
LOCK = "/run/kinoteka-cluster.lock"


def up(settings, machines):
    """Creates the cluster, or starts what does not run."""
    require_root()
    with one_at_a_time():
        install_packages()
        supervisor = Supervisor(settings.folder)
        require_possible(settings, machines, supervisor)
        step("network, certificates and passwords in", settings.folder)
        preparation.prepare(settings, machines)
        network.create(machines)
        supervisor.start(programs(settings, machines))
        step("etcd on", *(member.address for member in machines.etcd))
        supervisor.start_programs(*(member.name for member in machines.etcd))
        await_until(lambda: etcd.is_healthy(machines), f"etcd has no majority (log: {supervisor.log('etcd1')})")
        step("PostgreSQL under Patroni on", *(machine.address for machine in machines.postgres))
        supervisor.start_programs(*backups.server_names(machines), *(f"patroni{number}" for number, _ in enumerate(machines.postgres, 1)))
        await_until(lambda: patroni.primary(machines), f"there is no primary (log: {supervisor.log('patroni1')})")
        step("repository of the backups on", machines.backup.address)
        backups.create_repository(machines)  # replicas wait until the log can be archived
        await_until(lambda: patroni.are_all_ready(machines), f"not all servers of PostgreSQL are ready (log: {supervisor.log('patroni1')})")
        patroni.synchronize(machines, settings.synchronous)
        supervisor.start_programs("haproxy")
        step("roles, and the database", settings.database)
        primary = database.Database(settings, machines)
        database.create(settings, primary)
        step("migrations", "and sample data" if settings.has_sample_data else "")
        services.migrate(settings, machines)
        analysts = people.create(settings, primary)
        supervisor.start_programs("backup-schedule")
        if services.are_wanted(settings):
            step("catalogue and gateway")
            supervisor.start_programs(*services.NAMES)
            await_until(services.are_ready, f"the services are not ready (log: {supervisor.log('catalogue')})")
        print_summary(settings, machines)
        people.print_passwords(analysts)


def down(settings, machines):
    """Stops everything and deletes the cluster with all its data."""
    require_root()
    with one_at_a_time():
        require_cluster(settings)
        Supervisor(settings.folder).stop()
        network.delete(machines)
        shutil.rmtree(settings.folder)
        print(f"The cluster and {settings.folder} are deleted.")


def stop(settings, machines):
    """Stops everything; the data stay, and `up` starts them again."""
    require_root()
    with one_at_a_time():
        require_cluster(settings)
        Supervisor(settings.folder).stop()
        network.delete(machines)
        print(f"The cluster has stopped. Its data are in {settings.folder}.")


def for_person(action):
    """A command for one person."""
    def command(settings, machines, words):
        require_root()
        if len(words) != 1:
            raise Failure(f"usage: cluster/cluster {action.__name__.replace('_', '-')} NAME")
        action(settings, database.Database(settings, machines), words[0])
    return command


def status(settings, machines):
    """Prints the programs and the servers of PostgreSQL."""
    require_root()
    supervisor = Supervisor(settings.folder)
    if not supervisor.is_running():
        raise Failure(f"No cluster runs in {settings.folder} (expected: one that `make cluster` has started)")
    print(supervisor.control("status"))
    print(run("patronictl", "-c", machines.postgres[0].folder / "patroni.yaml", "list"))


def programs(settings, machines):
    return [
        *etcd.programs(machines), *patroni.programs(settings, machines), haproxy.program(machines, HERE),
        *backups.programs(settings, machines),
        *(services.programs(settings, machines) if services.are_wanted(settings) else [])]


def require_possible(settings, machines, supervisor):
    """Finds out before anything is done what would fail later."""
    require_ours(settings)
    if settings.folder.exists() and any(settings.folder.iterdir()) and not is_cluster(settings.folder):
        raise Failure(f"KINOTEKA_CLUSTER: {settings.folder} (expected: a new or empty folder, or that of a cluster)")
    services.require_known_version(settings)
    schedule.require_valid(settings.backup_interval)
    patroni.require_same_version(machines)
    created = [folder for folder in (settings.folder / f"postgres{number}" for number in (1, 2, 3)) if folder.exists()]
    if created and len(created) != settings.nodes:
        raise Failure(f"NODES: {settings.nodes} (expected: {len(created)}, with which {settings.folder} was created, or `make cluster-down` first)")
    parent = next(folder for folder in (settings.folder, *settings.folder.parents) if folder.exists())
    for user in sorted({machine.user for machine in machines.all}):
        require_reachable(parent, user, settings.folder)
    free = shutil.disk_usage(parent).free
    if free < LEAST_FREE_BYTES:
        raise Failure(f"{parent} has {free // 1024**2} MiB of free space (expected: at least {LEAST_FREE_BYTES // 1024**2} MiB)")
    if not supervisor.is_running():
        for port in (*PORTS, *(SERVICE_PORTS if services.are_wanted(settings) else ())):
            require_free(port)


def require_reachable(parent, user, folder):
    if attempt("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "test", "-x", parent).returncode != 0:
        raise Failure(f"{folder} cannot be reached by the user {user} (expected: KINOTEKA_CLUSTER below folders that everybody may enter)")


def require_cluster(settings):
    """Nothing but a cluster may be deleted."""
    require_ours(settings)
    if not is_cluster(settings.folder):
        raise Failure(f"There is no cluster in {settings.folder} (expected: one that `make cluster` has created)")


def require_ours(settings):
    owner = network.owner()
    if owner not in (None, settings.folder):
        raise Failure(f"The cluster in {owner} runs on this machine (expected: one at a time; KINOTEKA_CLUSTER={owner} make cluster-down deletes it)")


def require_free(port):
    with socket.socket(socket.AF_INET6) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        try:
            probe.bind(("::", port))
        except OSError:
            raise Failure(f"Port {port} is used by another program (expected: free)") from None


def require_root():
    if sys.platform != "linux" or os.getuid() != 0:
        raise Failure("The cluster needs Linux and root, for network namespaces and users of their own (sudo make cluster)")


def install_packages():
    done = run(services.ROOT / "scripts/debian-packages", *PACKAGES)
    print(done, end="")


@contextmanager
def one_at_a_time():
    with open(LOCK, "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Failure("Another command of the cluster runs on this machine (expected: one at a time)") from None
        yield


def step(*words):
    print("==", *words, flush=True)


def print_summary(settings, machines):
    print(f"""
The cluster is ready.

  primary      127.0.0.1:{PRIMARY_PORT} (HAProxy)
  replicas     127.0.0.1:{REPLICAS_PORT} (HAProxy)
  statistics   http://127.0.0.1:{STATISTICS_PORT}/ (HAProxy)
  servers      {machines.database_hosts}
  data         {settings.folder}, deleted by `make cluster-down`
""", end="")
    if services.are_wanted(settings):
        print(f"""\
  gateway      http://localhost:{services.GATEWAY_PORT}
  console      http://localhost:{services.GATEWAY_OPERATORS_PORT}/ (what the gateway is doing now)
""", end="")
    tools = f"PGPASSWORD=$(sudo cat {settings.folder}/passwords/owner) psql"
    print(f"""
Commands to try:
  sudo cluster/cluster status
  sudo patronictl -c {machines.postgres[0].folder}/patroni.yaml list
  {tools} "host=127.0.0.1 port={PRIMARY_PORT} user={settings.owner} dbname={settings.database} sslmode=verify-full sslrootcert={settings.folder}/ca/ca.crt"
  curl -i http://localhost:{services.GATEWAY_PORT}/api/movie/1""")
