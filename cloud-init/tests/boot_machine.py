#!/usr/bin/env python3
"""Boots a node under a systemd of its own (systemd-nspawn), while parts of the cloud are away, and looks at what its units do.

usage: boot_machine.py ROOT USER_DATA RELEASE

ROOT is the root file system of a Debian 13 with systemd, Python and OpenSSL; USER_DATA and RELEASE are the rendered templates. systemd,
the units and scripts, apt and dpkg are real. Docker is a stand-in that notes its commands, the cloud and the mirror are servers of this
program. Prints a line for each check, `ok - ...` or `not ok - ...`.
"""

import hashlib
import http.server
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from boot_rehearsal import lay_out
from cloud_stand_in import Cloud

PACKAGE = "kinoteka-rehearsal"
CA = "/cloud-certs/CA.pem"
CERTIFICATE = "/certificate-manager/v1/certificates/fpq000:getContent"
RELEASE = "/computeMetadata/v1/instance/attributes/kinoteka-release"

# Notes its commands. The image of a release is pulled when it is used first.
DOCKER = """#!/bin/sh
case "$1 $2" in
'image inspect') [ -e "/images/$(basename "$3")" ] ;;
'pull --quiet') mkdir -p /images && touch "/images/$(basename "$3")" ;;
'login --username') cat >/dev/null ;;
esac || exit
echo "docker $*" >>/engine
"""
COMPOSE = """#!/bin/sh
. /run/kinoteka/release.env
echo "docker-compose ${5-} ${6-} with ${GATEWAY_IMAGE##*@} as $DATABASE_USERNAME" >>/engine
"""
# Notes its commands. Its rules end with the machine, like those of the kernel.
NFT = """#!/bin/sh
case "$1" in
--file) [ -s "$2" ] && touch /run/rules ;;
list) [ -e /run/rules ] ;;
esac || exit
echo "nft $1" >>/engine
"""
DOCKER_SERVICE = """[Unit]
Description=Stand-in for Docker
[Service]
ExecStart=/usr/bin/sleep infinity
[Install]
WantedBy=multi-user.target
"""


class Mirror(http.server.SimpleHTTPRequestHandler):
    """A repository of one package, which is away at first."""

    away = True

    def do_GET(self):
        if Mirror.away:
            self.send_error(503)
        else:
            super().do_GET()

    def log_message(self, *unused):
        pass


def serve_mirror(folder):
    control = folder / "package/DEBIAN/control"
    control.parent.mkdir(parents=True)
    control.write_text(f"Package: {PACKAGE}\nVersion: 1\nArchitecture: all\nMaintainer: nobody <n@example>\nDescription: rehearsal\n")
    repository = folder / "repository"
    repository.mkdir()
    file = repository / f"{PACKAGE}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", folder / "package", file], check=True, capture_output=True)
    index = f"Filename: ./{file.name}\nSize: {file.stat().st_size}\nSHA256: {hashlib.sha256(file.read_bytes()).hexdigest()}\n"
    (repository / "Packages").write_text(control.read_text() + index)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *arguments: Mirror(*arguments, directory=repository))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


class Machine:
    def __init__(self, root, user_data, release, folder):
        self.root = Path(root)
        self.folder = folder
        self.cloud = Cloud()
        self.release_text = Path(release).read_text()
        self.process = None
        self.install(user_data)

    def install(self, user_data):
        """What cloud-init does at the first boot: files, and units enabled."""
        lay_out(user_data, self.root)
        for path, text in {"bin/docker": DOCKER, "bin/docker-compose": COMPOSE, "sbin/nft": NFT}.items():
            (self.root / "usr" / path).write_text(text)
            (self.root / "usr" / path).chmod(0o755)
        self.write("etc/systemd/system/docker.service", DOCKER_SERVICE)
        self.write("etc/kinoteka/packages", f"openssl\n{PACKAGE}\n")
        for file in (self.root / "etc/apt").rglob("*.sources"):
            file.unlink()
        self.write("etc/apt/sources.list", f"deb [trusted=yes] {serve_mirror(self.folder)} ./\n")
        variables = {**self.cloud.environment, "KINOTEKA_FIRST_PAUSE": "0.5", "KINOTEKA_CERTIFICATE_LIMIT": "3"}
        variables["KINOTEKA_KEEP_RELEASE_AFTER"] = "3"
        settings = " ".join(f"{name}={value}" for name, value in variables.items())
        self.write("etc/systemd/system.conf.d/rehearsal.conf", f"[Manager]\nDefaultEnvironment={settings}\n")
        units = ["docker", "kinoteka-packages", "kinoteka-metadata", "kinoteka", "kinoteka-heal"]
        subprocess.run(["systemctl", "--root", self.root, "enable", *units], check=True, capture_output=True)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def boot(self):
        environment = {**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1", "UNIFIED_CGROUP_HIERARCHY": "1"}
        command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--console=pipe", "-b", "-D", self.root]
        with open(self.folder / "console", "ab") as console:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True
            )
        wait_for(lambda: self.run("systemctl", "show", "--property=Version").returncode == 0, "the machine boots")

    def power_off(self):
        self.run("systemctl", "poweroff")
        self.process.wait(timeout=120)

    def leader(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return children[0] if children else "0"

    def run(self, *command):
        enter = ["nsenter", "--target", self.leader(), "--mount", "--pid", "--uts", "--ipc", "--root", "--wd=/"]
        return subprocess.run([*enter, *command], capture_output=True, text=True, check=False, timeout=180)

    def state(self, unit):
        return self.run("systemctl", "is-active", unit).stdout.strip()

    def journal(self, unit):
        return self.run("journalctl", "--boot", "--quiet", "--output=cat", "--unit", unit).stdout

    def commands(self, *beginnings):
        file = self.root / "engine"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if line.startswith(beginnings)]

    def compose_commands(self):
        return self.commands("docker-compose ")

    def logs(self, unit, pattern):
        wait_for(lambda: re.search(pattern, self.journal(unit)), f"{unit} logs {pattern!r}", lambda: self.journal(unit)[-2000:])

    def becomes(self, unit, state):
        wait_for(lambda: self.state(unit) == state, f"{unit} becomes {state}", lambda: f"{self.state(unit)}\n{self.journal(unit)[-3000:]}")


def wait_for(condition, what, explain=str, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s\n{explain()}"
        time.sleep(0.3)


def secret(password):
    return {"entries": [{"key": "password", "textValue": password}]}


def packages(machine):
    """while the mirror is away its packages are tried again, and installed without a restart when it is back"""
    machine.cloud.away = {"computeMetadata"}
    machine.boot()
    machine.logs("kinoteka-packages", r"apt-get update: .*503.*; trying again in 1 s")
    assert machine.state("kinoteka") == "inactive" and not machine.compose_commands()
    Mirror.away = False
    machine.becomes("kinoteka-packages", "active")
    assert machine.run("dpkg-query", "--show", PACKAGE).returncode == 0


def metadata(machine):
    """while the metadata service is away after a boot, the node waits for its release"""
    machine.logs("kinoteka", r"release: .* answered 503 .*; trying again in 1 s")
    machine.cloud.answers[RELEASE] = machine.release_text
    machine.cloud.away = {"lockbox", "certificate-manager"}
    machine.logs("kinoteka", r"release [0-9a-f]{12}\n")


def lockbox(machine):
    """while Lockbox is away nothing starts, and there is no file of a password"""
    machine.logs("kinoteka", r"secret e6q000:e6q001: .* answered 503 .*; trying again in 1 s")
    assert machine.state("kinoteka") == "activating"
    assert not machine.compose_commands()
    machine.cloud.answers["/lockbox/v1/secrets/e6q000/payload?versionId=e6q001"] = secret("first")
    machine.cloud.answers["/lockbox/v1/secrets/e6q002/payload?versionId=e6q003"] = secret("owner")
    machine.cloud.answers[CA] = subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=ca", "-keyout", "/dev/null"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    machine.cloud.away = {"certificate-manager"}


def certificate(machine):
    """a certificate that is away does not hold the services back, and replaces the self-signed one when it is there"""
    machine.becomes("kinoteka", "active")
    assert machine.state("kinoteka-certificate") == "activating"
    assert machine.compose_commands()[-1].startswith("docker-compose up --detach"), machine.compose_commands()
    file = machine.root / "etc/kinoteka/tls/certificate.pem"
    assert "BEGIN CERTIFICATE" in file.read_text()
    machine.cloud.answers[CERTIFICATE] = {"certificateChain": ["issued\n"], "privateKey": "key\n"}
    machine.cloud.away = set()
    machine.becomes("kinoteka-certificate", "inactive")
    assert file.read_text() == "issued\n"


def release_is_reported(machine):
    """the node reports the release that it runs"""
    name = hashlib.sha256(machine.release_text.encode()).hexdigest()[:12]
    text = (machine.root / "var/lib/prometheus/node-exporter/kinoteka-release.prom").read_text()
    assert f'kinoteka_release_info{{release="{name}",machine_files="0123456789ab"}} 1' in text, text


def docker_upgrade(machine):
    """a restart of Docker, as an upgrade of its package causes, stops no service"""
    before = machine.compose_commands()
    assert machine.run("systemctl", "restart", "docker").returncode == 0
    time.sleep(1)
    assert machine.state("kinoteka") == "active" and machine.state("kinoteka-heal") == "active"
    assert machine.compose_commands() == before


def new_release(machine):
    """a machine that restarts with another release drains the gateway first, and then runs the new images with the new login"""
    machine.cloud.answers["/lockbox/v1/secrets/e6q010/payload?versionId=e6q011"] = secret("second")
    old = machine.release_text
    machine.release_text = re.sub("(GATEWAY_IMAGE=.*@).*", r"\1sha256:new", old).replace("kinoteka_a", "kinoteka_b")
    machine.release_text = machine.release_text.replace("=e6q000", "=e6q010").replace("=e6q001", "=e6q011")
    machine.cloud.answers[RELEASE] = machine.release_text
    before = len(machine.compose_commands())
    machine.power_off()
    machine.boot()
    machine.becomes("kinoteka", "active")
    old_image = re.search("GATEWAY_IMAGE=.*@(.*)", old)[1]
    assert machine.compose_commands()[before:] == [
        f"docker-compose stop gateway with {old_image} as kinoteka_a",
        f"docker-compose down  with {old_image} as kinoteka_a",
        "docker-compose up --detach with sha256:new as kinoteka_b",
    ], machine.compose_commands()[before:]
    password = machine.run("cat", "/run/kinoteka/secrets/kinoteka.catalog.database.password").stdout
    assert password == "second", password
    release_is_reported(machine)


def metadata_is_closed_first(machine):
    """at each boot, the rules for the metadata service are loaded before the containers are started"""
    commands = [line.split(" with ")[0] for line in machine.commands("nft ", "docker-compose up")]
    assert commands == ["nft --file", "nft list", "docker-compose up --detach"] * 2, commands


def healing_ends_first(machine):
    """kinoteka-heal ends before the services are stopped, and runs again after they were started"""
    assert machine.run("systemctl", "restart", "kinoteka").returncode == 0
    machine.becomes("kinoteka-heal", "active")
    journal = machine.run(
        "journalctl", "--boot", "--quiet", "--output=cat", "--unit=kinoteka-heal", "--unit=kinoteka", "--grep=Stopp|Start"
    ).stdout.splitlines()
    last_stop = max(i for i, line in enumerate(journal) if line.startswith("Stopping kinoteka.service"))
    stopped = max(i for i, line in enumerate(journal) if line.startswith("Stopped kinoteka-heal.service"))
    started = max(i for i, line in enumerate(journal) if line.startswith("Started kinoteka-heal.service"))
    assert stopped < last_stop < started, journal


def cloud_is_away_during_a_restart(machine):
    """while metadata service, Lockbox and Certificate Manager are away, a restart of kinoteka.service uses the release of this boot"""
    machine.cloud.away = {"computeMetadata", "lockbox", "certificate-manager", "cloud-certs"}
    assert machine.run("systemctl", "restart", "kinoteka").returncode == 0
    assert machine.state("kinoteka") == "active"
    machine.logs("kinoteka", "release [0-9a-f]{12} of an earlier start remains in use")
    assert machine.compose_commands()[-1] == "docker-compose up --detach with sha256:new as kinoteka_b", machine.compose_commands()
    machine.cloud.away = set()


CHECKS = [
    packages,
    metadata,
    lockbox,
    certificate,
    release_is_reported,
    docker_upgrade,
    new_release,
    metadata_is_closed_first,
    healing_ends_first,
    cloud_is_away_during_a_restart,
]


def main(root, user_data, release):
    with tempfile.TemporaryDirectory(prefix="kinoteka-machine-") as folder:
        machine = Machine(root, user_data, release, Path(folder))
        try:
            for check in CHECKS:  # each continues where the one before ended
                try:
                    check(machine)
                except Exception:
                    print(f"not ok - {check.__doc__}", flush=True)
                    traceback.print_exc(file=sys.stdout)
                    return False
                print(f"ok - {check.__doc__}", flush=True)
            return True
        finally:
            if machine.process and machine.process.poll() is None:
                os.kill(int(machine.leader()), signal.SIGKILL)  # and with it every process of the machine
                machine.process.wait()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(not main(*sys.argv[1:]))
