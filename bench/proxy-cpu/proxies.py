"""nginx and Envoy in front of the catalogue."""

import re
from pathlib import Path

from http_client import is_ok
from process import await_until
from services import CORES, CREDENTIAL

CONFIGURATION = Path(__file__).resolve().parent / "configuration"


def configure(source, target, values):
    """Writes a configuration file in which words in double braces are replaced."""
    target.write_text(re.sub(r"\{\{(\w+)\}\}", lambda word: str(values[word[1]]), source.read_text()))


def start_nginx(processes, ports, catalogue_port):
    prefix = processes.folder / "nginx"
    (prefix / "temporary").mkdir(parents=True)
    port, operators = ports
    configure(CONFIGURATION / "nginx.conf", prefix / "nginx.conf", {
        "workers": CORES, "port": port, "operators": operators, "catalogue": catalogue_port, "credential": CREDENTIAL,
        "lua": CONFIGURATION})
    process = processes.start("nginx", ["/usr/sbin/nginx", "-p", prefix, "-c", prefix / "nginx.conf"])
    await_until(lambda: is_ok(operators, "/metrics"), "nginx is not ready", process)
    return process


def start_envoy(processes, program, ports, catalogue_port):
    configuration = processes.folder / "envoy.yaml"
    port, operators = ports
    configure(CONFIGURATION / "envoy.yaml", configuration, {
        "port": port, "operators": operators, "catalogue": catalogue_port, "credential": CREDENTIAL})
    process = processes.start("envoy", [
        program, "--config-path", configuration, "--concurrency", CORES, "--disable-hot-restart", "--log-level", "warning"])
    await_until(lambda: is_ok(operators, "/ready"), "Envoy is not ready", process)
    return process
