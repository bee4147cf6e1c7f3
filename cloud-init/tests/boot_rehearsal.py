#!/usr/bin/env python3
"""Runs what a machine runs at boot, on files laid out by its user data, against a stand-in of the cloud.

usage: boot_rehearsal.py USER_DATA...

Prints a line for each check, `ok - ...` or `not ok - ...`.
"""

import base64
import gzip
import json
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import yaml
from cloud_stand_in import TOKEN, Cloud

PASSWORD = "correct horse 'battery' \"staple\" $1 пароль"


def lay_out(user_data):
    """The files that cloud-init would write, below a temporary folder."""
    root = Path(tempfile.mkdtemp(prefix="kinoteka-boot-"))
    for file in yaml.safe_load(Path(user_data).read_text())["write_files"]:
        content = file["content"]
        if file.get("encoding") == "gz+b64":
            content = gzip.decompress(base64.b64decode(content)).decode()
        path = root / file["path"].lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        # Scripts look for their library where it stands on the machine.
        path.write_text(content.replace('"/usr/local/lib/kinoteka"', f'"{root}/usr/local/lib/kinoteka"'))
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
    status, output = node.run("kinoteka-certificate", tls, os.getuid(), CERTIFICATE_ID="c1")
    assert status == 0, output
    assert (tls / "certificate.pem").read_text() == chain[0] + "\n" + chain[1]
    assert (tls / "key.pem").read_text() == "key"
    assert stat.S_IMODE((tls / "key.pem").stat().st_mode) == 0o400


def a_certificate_that_is_not_issued_yet_is_waited_for(node):
    """a certificate that is not issued yet is waited for"""
    path = "/certificate-manager/v1/certificates/c2:getContent"
    node.cloud.answers[path] = {"certificateChain": [], "privateKey": ""}
    process = node.start("kinoteka-certificate", node.folder / "tls2", os.getuid(), CERTIFICATE_ID="c2")
    assert "it has not been issued yet; trying again" in process.stdout.readline()
    node.cloud.answers[path] = {"certificateChain": ["own\n"], "privateKey": "key\n"}
    process.communicate(timeout=60)
    assert (node.folder / "tls2/certificate.pem").read_text() == "own\n"


def a_node_without_a_domain_makes_its_certificate_once(node):
    """without a certificate of Certificate Manager the node makes one, once, that openssl accepts"""
    tls = node.folder / "trial"
    made = []
    for _ in range(2):
        status, output = node.run("kinoteka-certificate", tls, os.getuid(), CERTIFICATE_ID="", DOMAIN="films.example")
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


def the_journal_reaches_cloud_logging(node):
    """the journal reaches Cloud Logging in order, and a restart goes on where it stopped"""
    bin_folder = node.folder / "bin"
    bin_folder.mkdir()
    journal = bin_folder / "journalctl"  # a stand-in: there may be no systemd here
    journal.write_text(
        "#!/usr/bin/env python3\n"
        "import json, sys, time\n"
        "begin = int(sys.argv[sys.argv.index('--after-cursor') + 1]) + 1 if '--after-cursor' in sys.argv else 0\n"
        "for i in range(begin, begin + 250):\n"
        "    line = '{\"status\": 502}' if i == 2 else '{broken' if i == 3 else f'line {i}'\n"
        "    print(json.dumps({'MESSAGE': line, 'PRIORITY': '3', '__CURSOR': str(i),\n"
        "        '__REALTIME_TIMESTAMP': str(1700000000000000 + i), 'CONTAINER_NAME': 'gateway'}), flush=True)\n"
        "time.sleep(60)\n"
    )
    journal.chmod(0o755)
    path = f"{bin_folder}:{os.environ['PATH']}"
    for run in (1, 2):
        process = node.start("kinoteka-logs", node.folder / "logs", LOG_GROUP_ID="e23", PATH=path)
        wait_for(lambda: len(logged(node)) == 250 * run)
        wait_for(lambda: (node.folder / "logs/cursor").read_text() == str(250 * run - 1))
        stop(process)
    entries = logged(node)
    others = {2: '{"status": 502}', 3: "{broken"}
    assert [entry["message"] for entry in entries] == [others.get(i, f"line {i}") for i in range(500)]
    assert entries[2]["jsonPayload"]["fields"] == {"status": 502}
    assert "fields" not in entries[0]["jsonPayload"] and "fields" not in entries[3]["jsonPayload"]
    assert entries[0]["level"] == "ERROR" and entries[0]["jsonPayload"]["from"] == "gateway"
    assert entries[1]["timestamp"] == "2023-11-14T22:13:20.000001Z"


def logged(node):
    return [entry for path, body in node.cloud.written if path == "/logging/v1/write" for entry in body["entries"]]


def the_seeder_runs_on_demand(node):
    """kinoteka-seed logs in to the registry, pulls the seeder's image and runs it, with SEED_COUNT"""
    bin_folder = node.folder / "engine"
    bin_folder.mkdir()
    calls = node.folder / "calls"
    for command in ("docker", "docker-compose"):
        stand_in = bin_folder / command
        stand_in.write_text(
            "#!/bin/sh\n"
            f'echo "{command} $* with ${{COMPOSE_PROFILES-}} ${{SEED_COUNT-}}" >>"{calls}"\n'
            f'[ "$1" != login ] || cat >"{node.folder}/login"\n'
        )
        stand_in.chmod(0o755)
    folder = node.root / "etc/kinoteka"
    files = f"--file {folder}/compose.yaml --env-file {folder}/kinoteka.env"
    done = subprocess.run(
        ["sh", node.root / "usr/local/bin/kinoteka-seed", folder],
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
    assert calls.read_text().splitlines() == [
        "docker login --username iam --password-stdin cr.yandex with seeder 7",
        f"docker-compose {files} pull --quiet with seeder 7",
        f"docker-compose {files} run --rm seeder with seeder 7",
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
    """no user data has a private key in it, and no variable that could be a password"""
    for machine in machines:
        for path in filter(Path.is_file, machine.root.rglob("*")):
            assert "PRIVATE KEY-----" not in path.read_text(), path
        names = re.findall(r"^(\w+)=", (machine.root / "etc/kinoteka/kinoteka.env").read_text(), re.MULTILINE)
        secret = [name for name in names if re.search("PASS|KEY|SECRET|TOKEN", name)]
        # Where a secret is, and whom to believe, is none.
        assert set(secret) <= {
            *("SECRET_ID", "SECRET_ENTRY", "GRAFANA_SECRET_ID", "WATCHER_SECRET_ID"),
            *("TOKEN_ISSUER", "TOKEN_JWKS"),
        }, secret


def stop(process):
    """With what it has started, as systemd does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def check(test, *machines):
    try:
        test(*machines)
        print(f"ok - {test.__doc__}", flush=True)
        return True
    except Exception:
        print(f"not ok - {test.__doc__}", flush=True)
        traceback.print_exc(file=sys.stdout)
        return False


def main(node_data, monitoring_data):
    node, monitoring = Machine(node_data), Machine(monitoring_data)
    return all(
        [
            check(a_secret_comes_from_lockbox_into_a_file_that_only_the_service_reads, node),
            check(both_services_get_the_gateways_credential, node),
            check(a_lockbox_that_is_away_is_asked_again_with_growing_pauses, node),
            check(an_empty_password_is_no_password, node),
            check(a_certificate_is_fetched, node),
            check(a_certificate_that_is_not_issued_yet_is_waited_for, node),
            check(a_node_without_a_domain_makes_its_certificate_once, node),
            check(the_load_is_told, node),
            check(the_journal_reaches_cloud_logging, node),
            check(the_seeder_runs_on_demand, node),
            check(nodes_are_discovered, monitoring),
            check(user_data_has_no_secret, node, monitoring),
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(not main(*sys.argv[1:]))
