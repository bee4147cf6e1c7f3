"""The cluster that the faults happen to, with the services on it."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "cluster"))

from kinoteka_cluster import database, etcd, patroni, services, settings
from kinoteka_cluster.failure import Failure
from kinoteka_cluster.machines import Machines
from kinoteka_cluster.programs import Supervisor

CUSTOMERS = 240
WHOLE_TIMEOUT = 240  # seconds from the end of a fault until everything is as before it
SETTINGS = {
    "SEED_COUNT": "5000",  # some hundred films, and some thousand customers
    "KINOTEKA_GATEWAY_RATELIMIT_ENABLED": "false",
}


class Scene:
    """Starts the cluster with the settings of the caller, and knows the state that it has to return to after a fault."""

    def __init__(self, nodes):
        os.environ.update({**{name: os.environ.get(name, value) for name, value in SETTINGS.items()}, "NODES": str(nodes)})
        self.settings = settings.read()
        self.machines = Machines(self.settings)
        self.supervisor = Supervisor(self.settings.folder)
        self.database = database.Database(self.settings, self.machines)

    def start(self):
        """Starts the cluster. Its progress goes to a file, whose end explains a failure."""
        log = self.settings.folder.parent / "up.log"
        with log.open("wb") as output:
            done = subprocess.run([ROOT / "cluster/cluster", "up"], stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise Failure(f"The cluster has not started: {log.read_text(errors='replace').splitlines()[-1]}")
        self.await_whole()

    # What clients need

    def customers(self):
        """Ids and tokens."""
        ids = self.query(f"select id from customers where deleted_at is null order by id limit {CUSTOMERS}").split()
        classes = ROOT / "bench/people/target/classes"
        made = subprocess.run(
            [f"{os.environ['JAVA_HOME']}/bin/java", "-cp", classes, ROOT / "bench/comparison/Tokens.java", *ids],
            capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise Failure(f"The tokens of the customers cannot be made: {made.stderr.strip()}")
        return [(int(identifier), token) for identifier, token in (line.split() for line in made.stdout.splitlines())]

    def movies(self):
        return [int(identifier) for identifier in self.query("select id from movies order by id").split()]

    def query(self, sql):
        return self.database.execute(sql, self.settings.database)

    def query_on(self, machine, sql):
        return self.database.execute_on(machine, sql, self.settings.database)

    # Roles

    def primary(self):
        return self._await(lambda: patroni.primary(self.machines), "there is no primary")

    def replicas(self):
        primary = self.primary()
        return [machine for machine in self.machines.postgres if machine != primary]

    def synchronous_replica(self):
        def find():
            standby = [member for member in patroni.members(self.machines) if member["role"] == "sync_standby"]
            return self.machines.named(standby[0]["name"]) if standby else None
        return self._await(find, "there is no synchronous replica")

    def etcd_leader(self):
        return self._await(lambda: etcd.leader(self.machines), "etcd has no leader")

    def program(self, machine):
        """The name of the program of supervisord that runs on a machine."""
        return machine.name.replace("postgres", "patroni")

    # The state before and after each fault

    def await_whole(self):
        """Waits until everything runs, all replicas follow, one of them is synchronous, and the services are ready."""
        self._await(lambda: not self.missing(), lambda: f"the cluster is not as it was before the fault: {self.missing()}")

    def missing(self):
        """What is not as before, or None."""
        stopped = [name for name, state in self.supervisor.states().items() if state != "RUNNING"]
        if stopped:
            return f"{', '.join(stopped)} do not run"
        members = patroni.members(self.machines)
        if not patroni.are_all_ready(self.machines) or not any(member["role"] == "sync_standby" for member in members):
            return "Patroni lists " + ", ".join(f"{member['name']} as {member['role']}, {member['state']}" for member in members)
        try:
            # Patroni says running of a replica that does not reach the primary, too.
            streaming = int(self.query("select count(*) from pg_stat_replication where state = 'streaming'"))
        except Failure as failure:
            return str(failure)
        if streaming < len(self.machines.postgres) - 1:
            return f"{streaming} replicas are connected to the primary"
        return None if services.are_ready() else "the services are not ready"

    def await_replayed(self):
        """Waits until all replicas have replayed what the primary has written so far."""
        position = self.query("select pg_current_wal_lsn()")
        for replica in self.replicas():
            self._await(
                lambda: self.query_on(replica, f"select pg_last_wal_replay_lsn() >= '{position}'") == "t",
                f"{replica.name} has not replayed the log to {position}")

    def _await(self, condition, description, timeout=WHOLE_TIMEOUT):
        deadline = time.monotonic() + timeout
        while not (result := condition()):
            if time.monotonic() > deadline:
                raise Failure(f"After {timeout} s {description() if callable(description) else description}")
            time.sleep(0.3)
        return result
