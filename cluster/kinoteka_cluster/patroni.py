"""Patroni, which starts PostgreSQL, decides which server is the primary, and replaces it."""

import json
import ssl
import string
import urllib.error
import urllib.request
from pathlib import Path

from . import files
from .failure import Failure
from .machines import ETCD_CLIENT_PORT, PATRONI_PORT
from .passwords import read_or_generate
from .programs import Program

CONFIGURATION = Path(__file__).resolve().parent.parent / "config/patroni.yaml"
STREAMING = ("running", "streaming")  # states of a replica that follows; PostgreSQL 15 under Patroni 3.0 says running


def binaries():
    """The folder of the newest PostgreSQL that Debian's packages have installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin/postgres"), key=lambda file: int(file.parent.parent.name))
    if not found:
        raise Failure("PostgreSQL is not installed below /usr/lib/postgresql (expected: Debian's package postgresql)")
    return found[-1].parent


def require_same_version(machines):
    """A data folder of another major version cannot be used."""
    ours = binaries().parent.name
    for machine in machines.postgres:
        file = machine.folder / "data/PG_VERSION"
        if file.exists() and file.read_text().strip() != ours:
            raise Failure(f"{file.parent} has data of PostgreSQL {file.read_text().strip()} (expected: {ours}, which is installed)")


def programs(settings, machines):
    environment = {
        f"PATRONI_{role}_PASSWORD": read_or_generate(settings, name)
        for role, name in (("SUPERUSER", "postgres"), ("REPLICATION", "replicator"), ("REWIND", "rewinder"))}
    return [
        Program(f"patroni{number}", ["patroni", machine.folder / "patroni.yaml"], machine.user, machine, environment)
        for number, machine in enumerate(machines.postgres, 1)]


def configure(machines):
    """Writes the configuration file of each node."""
    template = string.Template(CONFIGURATION.read_text(encoding="utf-8"))
    etcd = ",".join(f"{member.address}:{ETCD_CLIENT_PORT}" for member in machines.etcd)
    for machine in machines.postgres:
        files.write(machine.folder / "patroni.yaml", template.substitute(
            NAME=machine.name, ADDRESS=machine.address, FOLDER=machine.folder, BINARIES=binaries(), NETWORK=machines.network,
            ETCD=etcd), machine.user)
        files.create_folder(machine.folder / "run", machine.user, 0o750)


def members(machines):
    """What Patroni knows of each server: name, role, state, lag. Asks the servers one after the other until one responds."""
    for machine in machines.postgres:
        try:
            return json.loads(request(machines, machine, "GET", "/cluster"))["members"]
        except (OSError, ValueError, KeyError):
            continue
    return []


def primary(machines):
    """The machine whose PostgreSQL is the primary at this moment, or None."""
    for member in members(machines):
        if member["role"] == "leader" and member["state"] == "running":
            return machines.named(member["name"])
    return None


def are_all_ready(machines):
    """Whether there is a primary, and all other servers follow it."""
    known = members(machines)
    return len(known) == len(machines.postgres) and any(member["role"] == "leader" for member in known) and all(
        member["state"] in STREAMING and member.get("timeline") == known[0].get("timeline") for member in known)


def synchronize(machines, synchronous):
    """Makes commits wait for a replica as the setting SYNCHRONOUS says."""
    change_settings(machines, {"synchronous_mode": synchronous != "off", "synchronous_mode_strict": synchronous == "strict"})


def change_settings(machines, changes):
    """Merges changes into the settings that the cluster keeps in etcd."""
    for machine in machines.postgres:
        try:
            return request(machines, machine, "PATCH", "/config", changes)
        except OSError:
            continue
    raise Failure("The settings of Patroni cannot be changed: none of the nodes responds")


def switch_over(machines, candidate=None):
    """Makes a replica the primary, in order. Returns what Patroni says."""
    leader = primary(machines)
    if leader is None:
        raise Failure("There is no primary at this moment")
    return request(machines, leader, "POST", "/switchover", {
        "leader": leader.name, **({"candidate": candidate.name} if candidate else {})}, timeout=60)


def request(machines, machine, method, path, body=None, timeout=5):
    """Calls Patroni's interface, which only accepts clients with a certificate of the cluster."""
    tls = machines.client
    context = ssl.create_default_context(cafile=tls / "ca.crt")
    context.load_cert_chain(tls / "node.pem")
    call = urllib.request.Request(
        f"https://{machine.address}:{PATRONI_PORT}{path}", method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call, timeout=timeout, context=context) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        if path == "/switchover":
            raise Failure(f"Patroni refuses the switchover: {error.read().decode(errors='replace').strip()}") from None
        raise
