#!/usr/bin/env python3
"""Runs the scripts that a machine runs at boot, on the files of its user data, against a stand-in of the cloud.

usage: boot_rehearsal.py NODE_USER_DATA MONITORING_USER_DATA CHECK

CHECK is the name of a function below, each of which checks the sentence of its documentation.
"""

import base64
import gzip
import hashlib
import inspect
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import yaml
from cloud_stand_in import TOKEN, Cloud

PASSWORD = "correct horse 'battery' \"staple\" $1 пароль"


def lay_out(user_data, root=None):
    """The files that cloud-init writes, below the root of a machine, or below a temporary folder if there is none."""
    machine, root = root, root or Path(tempfile.mkdtemp(prefix="kinoteka-boot-"))
    for file in yaml.safe_load(Path(user_data).read_text())["write_files"]:
        content = file["content"]
        if file.get("encoding") == "gz+b64":
            content = gzip.decompress(base64.b64decode(content)).decode()
        path = root / file["path"].lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not machine:  # the library of the scripts is not where it is on the machine
            content = content.replace('"/usr/local/lib/kinoteka"', f'"{root}/usr/local/lib/kinoteka"')
        path.write_text(content)
        path.chmod(int(file.get("permissions", "0644"), 8))
    return root


class Machine:
    def __init__(self, user_data):
        self.text = Path(user_data).read_text()
        self.root = lay_out(user_data)
        self.cloud = Cloud()
        self.folder = Path(tempfile.mkdtemp(prefix="kinoteka-machine-"))

    def start(self, program, *arguments, **environment):
        return subprocess.Popen(
            [sys.executable, self.root / "usr/local/bin" / program, *map(str, arguments)],
            env={**os.environ, **self.cloud.environment, "KINOTEKA_FIRST_PAUSE": "0.05", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, program, *arguments, **environment):
        """Exit status and output."""
        process = self.start(program, *arguments, **environment)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output


def payload(**entries):
    return {"entries": [{"key": key, "textValue": value} for key, value in entries.items()], "versionId": "v1"}


def a_secret_comes_from_lockbox_into_a_file_that_only_the_service_reads(node):
    """the password is fetched from Lockbox into a file that only the service's user may read"""
    node.cloud.answers["/lockbox/v1/secrets/s1/payload"] = payload(password=PASSWORD)
    secrets = node.folder / "secrets"
    status, output = node.run("kinoteka-secrets", "s1", secrets, os.getuid(), "password=kinoteka.catalog.database.password")
    file = secrets / "kinoteka.catalog.database.password"
    assert status == 0, output
    assert file.read_text() == PASSWORD
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert PASSWORD not in output and TOKEN not in output, output


def a_lockbox_that_is_away_is_asked_again_with_growing_pauses(node):
    """while Lockbox is not there it is asked again, with pauses that grow, and the log says so"""
    node.cloud.answers["/lockbox/v1/secrets/s2/payload"] = payload(password=PASSWORD)
    node.cloud.failures = 4
    status, output = node.run("kinoteka-secrets", "s2", node.folder / "late", os.getuid(), "password")
    assert status == 0, output
    pauses = [float(pause) for pause in re.findall(r"503 .*; trying again in (\S+) s", output)]
    assert pauses == [0.05, 0.1, 0.2, 0.4], output


def an_empty_password_is_no_password(node):
    """an empty or missing password is waited for, and no file is written before"""
    node.cloud.answers["/lockbox/v1/secrets/s3/payload"] = payload(password="", other="x")
    secrets = node.folder / "empty"
    process = node.start("kinoteka-secrets", "s3", secrets, os.getuid(), "password")
    assert "missing or empty: password; trying again" in process.stdout.readline()
    assert not list(secrets.glob("*"))
    node.cloud.answers["/lockbox/v1/secrets/s3/payload"] = payload(password=PASSWORD)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert (secrets / "password").read_text() == PASSWORD


def both_services_get_the_gateways_credential(node):
    """the gateway's credential is random, the same for both services, for them alone, and stays while they run"""
    folders = [node.folder / "catalog", node.folder / "gateway"]
    files = [folders[0] / "kinoteka.catalog.gateway.credentials", folders[1] / "kinoteka.gateway.upstream.credential"]
    status, output = node.run("kinoteka-gateway-credential", *folders, os.getuid())
    assert status == 0, output
    first = files[0].read_text()
    assert re.fullmatch("[0-9a-f]{64}", first) and files[1].read_text() == first
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o400 for file in files)
    assert first not in output, output
    node.run("kinoteka-gateway-credential", *folders, os.getuid())
    assert [file.read_text() for file in files] == [first, first]
    files[1].unlink()
    node.run("kinoteka-gateway-credential", *folders, os.getuid())
    assert files[0].read_text() == files[1].read_text() != first


def a_certificate_is_fetched(node):
    """the certificate and its key come from Certificate Manager, the chain in order"""
    chain = ["-----BEGIN CERTIFICATE-----\nown", "-----BEGIN CERTIFICATE-----\nissuer\n"]
    node.cloud.answers["/certificate-manager/v1/certificates/c1:getContent"] = {
        "certificateChain": chain,
        "privateKey": "key",
    }
    tls = node.folder / "tls"
    status, output = node.run("kinoteka-certificate", "issued", tls, os.getuid(), CERTIFICATE_ID="c1")
    assert status == 0, output
    assert (tls / "certificate.pem").read_text() == chain[0] + "\n" + chain[1]
    assert (tls / "key.pem").read_text() == "key"
    assert stat.S_IMODE((tls / "key.pem").stat().st_mode) == 0o400


def a_certificate_that_is_not_issued_yet_is_waited_for(node):
    """a certificate that is not issued yet is waited for"""
    path = "/certificate-manager/v1/certificates/c2:getContent"
    node.cloud.answers[path] = {"certificateChain": [], "privateKey": ""}
    process = node.start("kinoteka-certificate", "issued", node.folder / "tls2", os.getuid(), CERTIFICATE_ID="c2")
    assert "it has not been issued yet; trying again" in process.stdout.readline()
    node.cloud.answers[path] = {"certificateChain": ["own\n"], "privateKey": "key\n"}
    process.communicate(timeout=60)
    assert (node.folder / "tls2/certificate.pem").read_text() == "own\n"


def a_node_without_a_domain_makes_its_certificate_once(node):
    """without a certificate of Certificate Manager the node makes one, once, that openssl accepts"""
    tls = node.folder / "trial"
    made = []
    for _ in range(2):
        status, output = node.run("kinoteka-certificate", "first", tls, os.getuid(), CERTIFICATE_ID="", DOMAIN="films.example")
        assert status == 0, output
        made.append((tls / "certificate.pem").read_text())
    assert made[0] == made[1]
    shown = subprocess.run(
        ["openssl", "x509", "-in", tls / "certificate.pem", "-noout", "-ext", "subjectAltName", "-checkend", "86400"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "DNS:films.example" in shown.stdout
    subprocess.run(["openssl", "pkey", "-in", tls / "key.pem", "-noout", "-check"], capture_output=True, check=True)


def a_certificate_that_is_away_is_replaced_for_the_time_being(node):
    """a node whose certificate is away starts with a self-signed one for two days, and keeps a certificate that it has"""
    tls = node.folder / "away"
    environment = {"CERTIFICATE_ID": "c3", "DOMAIN": "films.example", "KINOTEKA_CERTIFICATE_LIMIT": "0.2"}
    status, output = node.run("kinoteka-certificate", "first", tls, os.getuid(), **environment)
    assert status == 0 and "a self-signed certificate is used until it is there" in output, output
    valid = ["openssl", "x509", "-in", tls / "certificate.pem", "-noout", "-checkend"]
    assert subprocess.run([*valid, "86400"], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*valid, str(3 * 86400)], capture_output=True, check=False).returncode == 1
    before = (tls / "certificate.pem").read_text()
    node.cloud.answers["/certificate-manager/v1/certificates/c3:getContent"] = {"certificateChain": ["own\n"], "privateKey": "k"}
    node.run("kinoteka-certificate", "first", tls, os.getuid(), **environment)
    assert (tls / "certificate.pem").read_text() == before
    node.run("kinoteka-certificate", "issued", tls, os.getuid(), **environment)
    assert (tls / "certificate.pem").read_text() == "own\n"


RELEASE = "/computeMetadata/v1/instance/attributes/kinoteka-release"


def the_rendered_release_is_accepted(node):
    """the rendered release is read from the metadata, has every entry that kinoteka.service uses, and is named by its SHA-256"""
    text = Path(os.environ["RELEASE_FILE"]).read_text()
    node.cloud.answers[RELEASE] = text
    file = node.folder / "release.env"
    status, output = node.run("kinoteka-release", "read", file)
    name = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert status == 0 and output == f"release {name}\n", output
    entries = dict(line.split("=", 1) for line in file.read_text().splitlines() if not line.startswith("#"))
    unit = (node.root / "etc/systemd/system/kinoteka.service").read_text()
    compose = (node.root / "etc/kinoteka/compose.yaml").read_text()
    needed = set(re.findall(r"\$\{(\w+)\}", unit)) | set(re.findall(r"\$\{(\w+):\?", compose))
    assert needed and needed <= set(entries), needed - set(entries)
    machine_files = node.root / "etc/kinoteka/machine-files"
    metrics = node.folder / "kinoteka.prom"
    node.run("kinoteka-release", "report", file, metrics, KINOTEKA_MACHINE_FILES=machine_files)
    assert metrics.read_text().endswith(f'kinoteka_release_info{{release="{name}",machine_files="0123456789ab"}} 1\n')


def a_wrong_release_is_not_used(node):
    """a release with a line that systemd and Compose read differently, or without an image, is not used"""
    good = Path(os.environ["RELEASE_FILE"]).read_text()
    file = node.folder / "kept.env"
    node.cloud.answers[RELEASE] = good
    node.run("kinoteka-release", "read", file)
    for wrong, message in {
        good + "\nDOMAIN=$HOME": "'DOMAIN=$HOME' (expected: KEY=VALUE",
        good + "\nDOMAIN": "'DOMAIN' (expected: KEY=VALUE",
        re.sub("GATEWAY_IMAGE=.*", "GATEWAY_IMAGE=", good): "missing or empty: GATEWAY_IMAGE",
    }.items():
        node.cloud.answers[RELEASE] = wrong
        status, output = node.run("kinoteka-release", "read", file, KINOTEKA_KEEP_RELEASE_AFTER="0.1")
        assert status == 0 and message in output and "of an earlier start remains in use" in output, output
        assert file.read_text() == good + "\n"


def a_version_of_a_secret_is_fetched_once(node):
    """the version of a secret that the release names is fetched, and not again while its files exist"""
    url = "/lockbox/v1/secrets/s4/payload"
    node.cloud.answers[url] = payload(password="newest")
    for version in ("v1", "v2"):
        node.cloud.answers[f"{url}?versionId={version}"] = payload(password=version)
    secrets = node.folder / "versions"

    def fetch(version):
        status, output = node.run("kinoteka-secrets", f"s4:{version}", secrets, os.getuid(), "password")
        assert status == 0, output
        return (secrets / "password").read_text()

    assert fetch("v1") == "v1" and fetch("v2") == "v2"
    asked = len(node.cloud.asked)
    assert fetch("v2") == "v2" and len(node.cloud.asked) == asked
    assert fetch("v1") == "v1"
    assert [file.name for file in secrets.iterdir()] == ["password"]


def authority():
    """A certificate of an authority."""
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", "/dev/null"]
    return subprocess.run([*command, "-subj", "/CN=ca", "-days", "30"], capture_output=True, text=True, check=True).stdout


def the_authority_of_the_database_is_downloaded(node):
    """the certificate of the database's authority is downloaded, checked, and kept when a later download fails"""
    good = authority()
    file = node.folder / "database-ca.pem"
    node.cloud.answers["/cloud-certs/CA.pem"] = "<html>moved</html>"
    process = node.start("kinoteka-database-ca", file)
    assert "contains no certificate of an authority that is valid now; trying again" in process.stdout.readline()
    assert not file.exists()
    node.cloud.answers["/cloud-certs/CA.pem"] = good
    process.communicate(timeout=60)
    assert file.read_text() == good
    node.cloud.answers["/cloud-certs/CA.pem"] = authority()
    status, output = node.run("kinoteka-database-ca", file, DATABASE_CA_SHA256=hashlib.sha256(good.encode()).hexdigest())
    assert status == 0 and "(expected: " in output and "remains in use" in output, output
    assert file.read_text() == good
    process = node.start("kinoteka-database-ca", file, DATABASE_CA_SHA256="0" * 64)
    assert "; trying again" in process.stdout.readline()
    stop(process)


def exporters_verify_the_database(monitoring):
    """the exporters of PostgreSQL verify the servers with the certificate of their authority, which is downloaded before"""
    files = list((monitoring.root / "etc/kinoteka/databases").iterdir())
    assert files
    for file in files:
        (query,) = re.findall(r"^DATA_SOURCE_URI=[^?]*[?](.*)$", file.read_text(), re.MULTILINE)
        assert query == "sslmode=verify-full&sslrootcert=/etc/kinoteka/database-ca.pem", query
    secrets = (monitoring.root / "etc/systemd/system/kinoteka-secrets.service").read_text()
    (command,) = re.findall("^ExecStart=/usr/local/bin/(kinoteka-database-ca .*)$", secrets, re.MULTILINE)
    assert command == "kinoteka-database-ca /etc/kinoteka/database-ca.pem", command
    file = monitoring.folder / "database-ca.pem"
    monitoring.cloud.answers["/cloud-certs/CA.pem"] = authority()
    status, output = monitoring.run("kinoteka-database-ca", file)
    assert status == 0 and "BEGIN CERTIFICATE" in file.read_text(), output
    # Readable for the exporters, which are not root.
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def the_load_is_told(node):
    """the requests per second of the gateway reach Yandex Monitoring, without those for /ping"""
    pages = iter([10, 30, 50, 70, 90])

    class Metrics(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            count = next(pages)
            self.wfile.write(
                f"# TYPE requests_total counter\n"
                f'requests_total{{host="a",status="200",method="GET",endpoint="/api/movie/"}} {count}.0\n'
                f'requests_total{{host="a",status="200",method="GET",endpoint="/ping"}} {count * 1000}.0\n'.encode()
            )

        def log_message(self, *unused):
            pass

    metrics = HTTPServer(("127.0.0.1", 0), Metrics)
    threading.Thread(target=metrics.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{metrics.server_port}/metrics"
    process = node.start("kinoteka-load", "0.2", FOLDER_ID="b1g", METRICS=url)
    wait_for(lambda: len(node.cloud.written) >= 2)
    stop(process)
    path, body = node.cloud.written[0]
    assert path == "/monitoring/v2/data/write?folderId=b1g&service=custom"
    (metric,) = body["metrics"]
    assert metric["name"] == "requests_per_second" and metric["labels"] == {"instance_id": "fhm000"}
    assert 50 < metric["value"] <= 100, metric  # 20 in 0.2 s and a little


def a_response_that_is_no_http_is_a_failed_check(node):
    """kinoteka-heal restarts a container that responds with something else than HTTP"""
    engine, checks = node.folder / "heal-engine", node.folder / "checks"
    engine.write_text("#!/bin/sh\necho true 2026-11-23\n")
    engine.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=respond_with_garbage, args=[server], daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        checks.write_text(f"gateway {url} 0\n")
        process = node.start("kinoteka-heal", checks, ENGINE=str(engine), CHECK_SECONDS="0.1")
        line = process.stdout.readline()
        assert line == f"gateway: {url} does not respond; restarting it, and not again within 10 s\n", line
        stop(process)


def respond_with_garbage(server):
    while True:
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"no HTTP\r\n\r\n")


def the_seeder_runs_on_demand(node):
    """kinoteka-seed logs in to the registry, pulls the seeder's image if it is missing, and runs it with SEED_COUNT"""
    bin_folder = node.folder / "engine"
    bin_folder.mkdir()
    calls = node.folder / "calls"
    for command in ("docker", "docker-compose"):
        stand_in = bin_folder / command
        stand_in.write_text(
            "#!/bin/sh\n"
            f'echo "{command} $* with ${{COMPOSE_PROFILES-}} ${{SEED_COUNT-}}" >>"{calls}"\n'
            f'[ "$1" != image ] || exec test -e "{node.folder}/pulled"\n'
            f'[ "$1" != pull ] || touch "{node.folder}/pulled"\n'
            f'[ "$1" != login ] || cat >"{node.folder}/login"\n'
        )
        stand_in.chmod(0o755)
    compose_file, release_file = node.root / "etc/kinoteka/compose.yaml", os.environ["RELEASE_FILE"]
    image = re.search("^SEEDER_IMAGE=(.*)$", Path(release_file).read_text(), re.MULTILINE)[1]
    for _ in range(2):
        done = subprocess.run(
            ["sh", node.root / "usr/local/bin/kinoteka-seed", compose_file, release_file],
            env={
                **os.environ,
                **node.cloud.environment,
                "PATH": f"{bin_folder}:{node.root}/usr/local/bin:{os.environ['PATH']}",
                "SEED_COUNT": "7",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    runs = f"docker-compose --file {compose_file} --env-file {release_file} run --rm seeder with seeder 7"
    assert calls.read_text().splitlines() == [
        f"docker image inspect {image} with seeder 7",
        "docker login --username iam --password-stdin cr.yandex with seeder 7",
        f"docker pull --quiet {image} with seeder 7",
        runs,
        f"docker image inspect {image} with seeder 7",
        runs,
    ]
    assert (node.folder / "login").read_text() == TOKEN


def nodes_are_discovered(monitoring):
    """Prometheus is told of every node of the instance group, page by page"""

    def instance(number, zone):
        interface = {"primaryV4Address": {"address": f"10.0.0.{number}"}}
        return {"name": f"node-{number}", "zoneId": zone, "networkInterfaces": [interface]}

    url = "/compute/v1/instanceGroups/g1/instances?pageSize=1000&pageToken="
    answers = monitoring.cloud.answers
    answers[url] = {"instances": [instance(2, "a"), {"name": "starting"}], "nextPageToken": "2"}
    answers[url + "2"] = {"instances": [instance(1, "b")]}
    file = monitoring.folder / "targets/nodes.json"
    status, output = monitoring.run("kinoteka-targets", file, INSTANCE_GROUP_ID="g1")
    assert status == 0, output
    assert json.loads(file.read_text()) == [
        {"targets": ["10.0.0.1"], "labels": {"node": "node-1", "zone": "b"}},
        {"targets": ["10.0.0.2"], "labels": {"node": "node-2", "zone": "a"}},
    ]
    monitoring.cloud.failures = 1
    status, output = monitoring.run("kinoteka-targets", file, INSTANCE_GROUP_ID="g1")
    assert status == 1 and "answered 503" in output and "node-1" in file.read_text(), output


def user_data_has_no_secret(*machines):
    """neither user data nor release contain a private key or a variable that could be a password"""
    for machine in machines:
        for path in filter(Path.is_file, machine.root.rglob("*")):
            assert "PRIVATE KEY-----" not in path.read_text(), path
        names = re.findall(r"^(\w+)=", (machine.root / "etc/kinoteka/kinoteka.env").read_text(), re.MULTILINE)
        assert_no_secret(names)
    assert_no_secret(re.findall(r"^(\w+)=", Path(os.environ["RELEASE_FILE"]).read_text(), re.MULTILINE))


def assert_no_secret(names):
    secret = [name for name in names if re.search("PASS|KEY|SECRET|TOKEN", name)]
    # The ID of a secret is none, nor is the issuer of tokens.
    assert {name for name in secret if not re.fullmatch("([A-Z]+_)?SECRET(_VERSION)?_ID", name)} <= {"TOKEN_ISSUER", "TOKEN_JWKS"}, secret


def stop(process):
    """With what it has started, as systemd does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def main(node_data, monitoring_data, name):
    check = globals()[name]
    machines = {"node": node_data, "monitoring": monitoring_data}
    if name == "user_data_has_no_secret":
        return check(*map(Machine, machines.values()))
    (parameter,) = inspect.signature(check).parameters
    return check(Machine(machines[parameter]))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
