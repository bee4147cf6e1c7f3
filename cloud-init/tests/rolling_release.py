#!/usr/bin/env python3
"""Releases, rolls back and rotates the database password on two nodes behind HAProxy, under load, and counts failed requests.

usage: rolling_release.py FOLDER [--short]

Run it by image's `with-postgres`, with the images of `make image`. FOLDER receives the files of the nodes. Prints a line for each
check, `ok - ...` or `not ok - ...`. The parts are real: PostgreSQL with TLS and passwords, a registry, Podman, Compose, the services,
the commands of kinoteka.service. HAProxy balances connections, as the network load balancer does, with its health check. A machine
that restarts loses the files that it has in memory. --short releases and rotates at the same time, and rolls both back.
"""

import asyncio
import json
import os
import re
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path

from cloud_stand_in import Cloud
from load import Load
from node import Node

REPOSITORY = Path(__file__).resolve().parent.parent.parent
IMAGES = {"GATEWAY_IMAGE": "gateway", "CATALOG_IMAGE": "catalog-service"}
RATE = int(os.environ.get("RATE", "10"))  # requests per second of each kind of client
SETTLE_SECONDS = int(os.environ.get("SETTLE", "30"))  # startup_duration in terraform/nodes.tf
# As in terraform/balancer.tf, except for the timeout, which is 1 s there: this machine may be slow.
HAPROXY = """
defaults
    mode tcp
    timeout connect 1s
    timeout client 5m
    timeout server 5m
    retries 0
    option httpchk GET /ping
    http-check expect status 200
    timeout check 5s
    default-server check inter 2s fall 2 rise 2
global
    stats socket {folder}/haproxy.sock
frontend clients
    bind 127.0.0.1:{port}
    default_backend nodes
backend nodes
    balance roundrobin
"""


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Database:
    """A PostgreSQL server that trusts nobody but its administrator, with the roles that Terraform creates."""

    def __init__(self, folder):
        self.host, _, self.port = os.environ["KINOTEKA_CATALOG_DATABASE_HOSTS"].partition(":")
        self.passwords = {}
        for login in ("kinoteka", "kinoteka_a", "kinoteka_b"):
            self.ask(f"create role {login} login")
            self.change_password(login)
        self.ask("create role kinoteka_service role kinoteka_a, kinoteka_b")
        self.ask("create database kinoteka owner kinoteka")
        self.ca = folder / "database-ca.pem"
        self.require_tls()

    def require_tls(self):
        data = Path(self.ask("show data_directory"))
        key, request, certificate = data / "server.key", data / "server.csr", data / "server.pem"
        authority_key = self.ca.with_suffix(".key")
        new_key = ["-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        run("openssl", "req", "-x509", *new_key, "-days", 2, "-subj", "/CN=authority", "-keyout", authority_key, "-out", self.ca)
        run("openssl", "req", *new_key, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", key, "-out", request)  # fmt: skip
        run("openssl", "x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", authority_key, "-days", 2,
            "-copy_extensions", "copy", "-out", certificate)  # fmt: skip
        owner = data.stat()
        for file in (key, certificate):
            os.chown(file, owner.st_uid, owner.st_gid)
            file.chmod(0o600)
        rules = "local all postgres trust\nhost all postgres all trust\nhostssl all all all scram-sha-256\n"
        Path(self.ask("show hba_file")).write_text(rules)
        for setting, value in {"ssl": "on", "ssl_cert_file": certificate, "ssl_key_file": key}.items():
            self.ask(f"alter system set {setting} = '{value}'")
        self.ask("select pg_reload_conf()")

    def ask(self, sql):
        return run("psql", "-h", self.host, "-p", self.port, "-U", "postgres", "-d", "postgres", "-Atqc", sql).strip()

    def change_password(self, login):
        self.passwords[login] = secrets.token_hex(20)
        self.ask(f"alter role {login} password '{self.passwords[login]}'")

    def logins(self):
        """Of the open connections of all catalogues."""
        return set(self.ask("""
            select distinct usename from pg_stat_activity
             where datname = 'kinoteka' and application_name ~ '^kinoteka-catalogue-(primary|replica|changes)'
        """).split())


class Registry:
    """A registry with two releases of both images, which differ in a label and thus in their digests."""

    def __init__(self, folder):
        (port,) = free_ports(1)
        self.host = f"127.0.0.1:{port}"
        configuration = folder / "registry.yml"
        configuration.write_text(
            "version: 0.1\nlog: {level: error}\n"
            f"storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\nhttp: {{addr: '{self.host}'}}\n"
        )
        with open(folder / "registry.log", "wb") as log:
            self.process = subprocess.Popen(["docker-registry", "serve", configuration], stdout=log, stderr=log)
        engine = Engine(folder / "builder", self.host)
        self.releases = {1: {}, 2: {}}
        for key, name in IMAGES.items():
            engine.podman("load", "--quiet", "--input", REPOSITORY / f"target/images/{name}.tar")
            local = next(image for image in engine.podman("images", "--format", "{{.Repository}}:{{.Tag}}").split() if f"/{name}:" in image)
            for number, release in self.releases.items():
                container = engine.podman("create", local).strip()
                image = f"{self.host}/{name}:{number}"
                engine.podman("commit", "--quiet", "--change", f"LABEL release={number}", container, image)
                engine.podman("push", "--quiet", "--digestfile", folder / "digest", image)
                release[key] = f"{self.host}/{name}@{(folder / 'digest').read_text()}"

    def close(self):
        self.process.terminate()
        self.process.wait()


class Engine:
    """Podman with a storage of its own, and the commands `docker` and `docker-compose` that stand for it."""

    def __init__(self, folder, registry):
        folder.mkdir(parents=True)
        quoted = [shlex.quote(str(word)) for word in (REPOSITORY / "image/tests/podman-here", folder)]
        variables = run("bash", "-c", f"source {' '.join(quoted)} && env").splitlines()
        self.environment = dict(line.split("=", 1) for line in variables if line.startswith("CONTAINERS_"))
        registries = folder / "registries.conf"
        registries.write_text(f'[[registry]]\nlocation = "{registry}"\ninsecure = true\n')
        self.environment["CONTAINERS_REGISTRIES_CONF"] = str(registries)
        self.commands = folder / "bin"
        script(self.commands / "nft", "#!/bin/sh\n")  # the rules are tested by checks/metadata.bats
        script(self.commands / "docker", '#!/bin/sh\nexec podman "$@"\n')
        script(self.commands / "docker-compose", f'#!/bin/sh\nexec "{os.environ["COMPOSE"]}" "$@"\n')

    def podman(self, *arguments):
        return run("podman", *arguments, env={**os.environ, **self.environment})


class Machine:
    """A node, and the cloud as it sees it: its own metadata, and Lockbox."""

    def __init__(self, name, folder, registry, database):
        self.name = name
        self.database = database
        self.cloud = Cloud()
        self.cloud.answers["/cloud-certs/CA.pem"] = database.ca.read_text()
        self.engine = Engine(folder / name / "engine", registry.host)
        environment = {**self.cloud.environment, **self.engine.environment, "KINOTEKA_KEEP_RELEASE_AFTER": "5"}
        self.node = Node(folder / name / "root", environment, self.engine.commands)
        names = ["GATEWAY_PORT", "GATEWAY_TLS_PORT", "GATEWAY_OPERATORS_PORT", "CATALOG_PORT", "CATALOG_OPERATORS_PORT"]
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        root = self.node.root
        self.own = {
            **self.ports,
            "REGISTRY": registry.host,
            "DATABASE_HOSTS": f"{database.host}:{database.port}",
            "DATABASE_NAME": "kinoteka",
            "DATABASE_MIGRATION_USERNAME": "kinoteka",
            "DATABASE_SERVICE_ROLE": "kinoteka_service",
            "MIGRATION_SECRET_ID": "kinoteka",
            "MIGRATION_SECRET_VERSION_ID": "1",
            "DATABASE_TLS": "verify-full",
            "DATABASE_CA": root / "etc/kinoteka/database-ca.pem",
            "SECRETS": root / "run/kinoteka/secrets",
            "GATEWAY_SECRETS": root / "run/kinoteka/gateway",
            "TLS": root / "etc/kinoteka/tls",
            "TOKEN_ISSUER": "https://issuer.example",
            "TOKEN_JWKS": "https://issuer.example/jwks",
            "SEEDER_IMAGE": "none",
        }

    def set_release(self, images, login):
        for name, password in self.database.passwords.items():
            payload = {"entries": [{"key": "password", "textValue": password}]}
            self.cloud.answers[f"/lockbox/v1/secrets/{name}/payload?versionId=1"] = payload
        release = {**self.own, **images, "DATABASE_USERNAME": login, "SECRET_ID": login, "SECRET_VERSION_ID": "1"}
        text = "".join(f"{key}={value}\n" for key, value in release.items())
        self.cloud.answers["/computeMetadata/v1/instance/attributes/kinoteka-release"] = text

    def running_images(self):
        containers = json.loads(self.engine.podman("inspect", "gateway", "catalog"))
        return {key: container["ImageName"] for key, container in zip(IMAGES, containers, strict=True)}

    def reported_release(self):
        text = (self.node.root / "var/lib/prometheus/node-exporter/kinoteka-release.prom").read_text()
        return re.search(r'release="(\w+)",machine_files="rehearsal"', text)[1]

    def close(self):
        subprocess.run(
            ["podman", "rm", "--all", "--force", "--time", "1"],
            env={**os.environ, **self.engine.environment},
            capture_output=True,
            check=False,
        )


class Rehearsal:
    def __init__(self, folder):
        self.folder = folder
        self.database = Database(folder)
        self.registry = Registry(folder)
        self.machines = [Machine(name, folder, self.registry, self.database) for name in ("first", "second")]
        (self.port,) = free_ports(1)
        self.load = Load(self.port, RATE)
        self.haproxy = None

    async def begin(self, release, login):
        for machine in self.machines:
            machine.set_release(self.registry.releases[release], login)
            await asyncio.to_thread(machine.node.start)
        servers = "".join(f"    server {one.name} 127.0.0.1:{one.ports['GATEWAY_PORT']}\n" for one in self.machines)
        configuration = self.folder / "haproxy.cfg"
        configuration.write_text(HAPROXY.format(folder=self.folder, port=self.port) + servers)
        with open(self.folder / "haproxy.log", "wb") as log:
            self.haproxy = await asyncio.create_subprocess_exec("haproxy", "-db", "-f", configuration, stdout=log, stderr=log)
        for machine in self.machines:
            await self.wait_until_balanced(machine)
        await asyncio.sleep(SETTLE_SECONDS)

    async def roll(self, release, login):
        """What the instance group does after an apply: one machine after the other, each after the health check of the one before."""
        for machine in self.machines:
            machine.set_release(self.registry.releases[release], login)
            await asyncio.to_thread(machine.node.restart_machine)
            await self.wait_until_balanced(machine)
            await asyncio.sleep(SETTLE_SECONDS)

    async def wait_until_balanced(self, machine):
        end = time.monotonic() + 300
        while not self.is_balanced(machine.name):
            if time.monotonic() > end:
                raise AssertionError(f"{machine.name} does not become healthy: {machine.engine.podman('logs', 'catalog')[-3000:]}")
            await asyncio.sleep(0.2)

    def is_balanced(self, server):
        try:
            with socket.socket(socket.AF_UNIX) as control:
                control.connect(f"{self.folder}/haproxy.sock")
                control.sendall(b"show servers state nodes\n")
                state = b"".join(iter(lambda: control.recv(4096), b"")).decode()
        except OSError:
            return False
        return any(fields[3:4] == [server] and fields[5] == "2" for fields in map(str.split, state.splitlines()))

    def check(self, sentence, release, login):
        """All nodes run the release, as this login, and no request has failed."""
        for machine in self.machines:
            wanted = self.registry.releases[release]
            assert machine.running_images() == wanted, f"{machine.name} runs {machine.running_images()} instead of {wanted}"
        names = {machine.reported_release() for machine in self.machines}
        assert len(names) == 2, names  # the ports of the two differ
        logins = self.database.logins()
        assert logins == {login}, f"logins of the open connections: {logins}"
        requests, failures = self.load.take()
        assert requests > 10 * RATE, f"only {requests} requests"
        assert not failures, f"{len(failures)} of {requests} requests failed: {failures[:10]}"
        print(f"ok - {sentence}\n     {requests} requests, none failed; images {release}, login {login}", flush=True)

    async def sequence(self, short):
        await self.begin(1, "kinoteka_a")
        clients = asyncio.create_task(self.load.run())
        await asyncio.sleep(SETTLE_SECONDS)
        self.load.take()  # the first requests of a service take longer, and nothing is released meanwhile
        if short:
            await self.roll(2, "kinoteka_b")
            self.check("a release that also changes the login reaches both nodes without a failed request", 2, "kinoteka_b")
        else:
            await self.roll(2, "kinoteka_a")
            self.check("a release reaches both nodes by a restart, without a failed request", 2, "kinoteka_a")
            await self.roll(1, "kinoteka_a")
            self.check("a roll-back reaches both nodes by a restart, without a failed request", 1, "kinoteka_a")
            await self.roll(1, "kinoteka_b")
            self.check("the nodes change to the other login one after the other, without a failed request", 1, "kinoteka_b")
        self.database.change_password("kinoteka_a")
        self.database.ask("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'kinoteka_a'")
        await asyncio.sleep(11)
        requests, failures = self.load.take()
        assert requests and not failures, failures
        print(f"ok - then the password of the login that nobody uses changes without a failed request\n     {requests} requests", flush=True)
        if short:
            await self.roll(1, "kinoteka_a")
            self.check("a roll-back, with the new password of the first login, reaches both nodes", 1, "kinoteka_a")
        self.load.stop()
        await clients

    async def run(self, short):
        sequence = asyncio.create_task(self.sequence(short))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sequence.cancel)
        try:
            await sequence
            return True
        except Exception:
            print("not ok - releases, roll-backs and rotations reach all nodes without a failed request", flush=True)
            traceback.print_exc(file=sys.stdout)
            return False
        finally:
            if self.haproxy:
                self.haproxy.kill()
                await self.haproxy.wait()
            for machine in self.machines:
                machine.close()
            self.registry.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(not asyncio.run(Rehearsal(Path(sys.argv[1]).resolve()).run("--short" in sys.argv)))
