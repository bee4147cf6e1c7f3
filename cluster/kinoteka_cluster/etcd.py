"""etcd, in which Patroni keeps who the primary is."""

import http
import json
import ssl
import urllib.error
import urllib.request

from .commands import attempt
from .failure import Failure
from .machines import ETCD_CLIENT_PORT, ETCD_PEER_PORT
from .programs import Program


def programs(machines):
    return [program(machine, machines.etcd) for machine in machines.etcd]


def program(machine, members):
    client, peer = f"https://{machine.address}:{ETCD_CLIENT_PORT}", f"https://{machine.address}:{ETCD_PEER_PORT}"
    tls = machine.certificates
    return Program(machine.name, ["etcd"], machine.user, machine, {
        "ETCD_NAME": machine.name,
        "ETCD_DATA_DIR": machine.folder / "data",
        "ETCD_LISTEN_CLIENT_URLS": client,
        "ETCD_ADVERTISE_CLIENT_URLS": client,
        "ETCD_LISTEN_PEER_URLS": peer,
        "ETCD_INITIAL_ADVERTISE_PEER_URLS": peer,
        "ETCD_INITIAL_CLUSTER": ",".join(f"{member.name}=https://{member.address}:{ETCD_PEER_PORT}" for member in members),
        "ETCD_INITIAL_CLUSTER_TOKEN": "kinoteka",
        "ETCD_ENABLE_V2": "true",  # why: config/patroni.yaml
        "ETCD_AUTO_COMPACTION_RETENTION": "1",
        "ETCD_LOGGER": "zap",
        "ETCD_LOG_LEVEL": "warn",
        **{f"ETCD_{prefix}{name}": value for prefix in ("", "PEER_") for name, value in {
            "CERT_FILE": tls / "node.crt", "KEY_FILE": tls / "node.key", "TRUSTED_CA_FILE": tls / "ca.crt", "CLIENT_CERT_AUTH": "true"}.items()}})


def is_healthy(machines):
    """Whether a majority of the members agrees."""
    return control(machines, "get", "kinoteka").returncode == 0


def leader(machines):
    """The machine of the member that leads the others, or None."""
    for status in json.loads(control(machines, "endpoint", "status", "--write-out=json").stdout or "[]"):
        if status["Status"]["header"]["member_id"] == status["Status"]["leader"]:
            return next(member for member in machines.etcd if f"//{member.address}:" in status["Endpoint"])
    return None


def forget_cluster(machines):
    """Deletes what Patroni has stored, except the settings."""
    for node in json.loads(request(machines, "GET", "/service/kinoteka"))["node"]["nodes"]:
        if not node["key"].endswith("/config"):
            request(machines, "DELETE", f"{node['key']}?recursive=true")


def request(machines, method, key):
    """Calls version 2 of the interface, which Patroni uses, on the first member that responds."""
    tls = machines.etcd[0].certificates
    context = ssl.create_default_context(cafile=tls / "ca.crt")
    context.load_cert_chain(tls / "node.crt", tls / "node.key")
    for member in machines.etcd:
        call = urllib.request.Request(f"https://{member.address}:{ETCD_CLIENT_PORT}/v2/keys{key}", method=method)
        try:
            with urllib.request.urlopen(call, timeout=5, context=context) as response:
                return response.read().decode()
        except urllib.error.HTTPError as error:
            if error.code == http.HTTPStatus.NOT_FOUND and method == "DELETE":
                return ""  # it has expired meanwhile
            failure = error
        except OSError as error:
            failure = error
    raise Failure(f"etcd does not {method} {key}: {failure}")


def control(machines, *words):
    """Runs etcdctl."""
    tls = machines.etcd[0].certificates
    return attempt(
        "etcdctl", f"--endpoints={','.join(f'https://{member.address}:{ETCD_CLIENT_PORT}' for member in machines.etcd)}",
        f"--cacert={tls}/ca.crt", f"--cert={tls}/node.crt", f"--key={tls}/node.key", "--command-timeout=2s", *words, env={"ETCDCTL_API": "3"})
