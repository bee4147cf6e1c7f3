"""nginx, Envoy, HAProxy and Caddy in front of the catalogue."""

import re
from pathlib import Path

from http_client import is_ok
from process import await_until
from services import CORES, CREDENTIAL

CONFIGURATION = Path(__file__).resolve().parent / "configuration"


def configure(source, target, values):
    """Writes a configuration file in which words in double braces are replaced."""
    target.write_text(re.sub(r"\{\{(\w+)\}\}", lambda word: str(values[word[1]]), source.read_text()))


def start_nginx(processes, ports, catalogue_port, cached=False):
    port, operators = ports
    prefix = processes.folder / f"nginx-{port}"  # one for each catalogue
    (prefix / "temporary").mkdir(parents=True)
    configure(CONFIGURATION / "nginx.conf", prefix / "nginx.conf", {
        "workers": CORES, "port": port, "operators": operators, "catalogue": catalogue_port, "credential": CREDENTIAL,
        "lua": CONFIGURATION, "prefix": prefix, "cache": "films" if cached else "off"})
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


def start_haproxy(processes, ports, catalogue_port):
    configuration = processes.folder / "haproxy.cfg"
    port, operators = ports
    configure(CONFIGURATION / "haproxy.cfg", configuration, {
        "workers": CORES, "port": port, "operators": operators, "catalogue": catalogue_port, "credential": CREDENTIAL})
    process = processes.start("haproxy", ["/usr/sbin/haproxy", "-db", "-f", configuration])
    await_until(lambda: is_ok(operators, "/metrics"), "HAProxy is not ready", process)
    return process


def start_caddy(processes, ports, catalogue_port):
    configuration = processes.folder / "Caddyfile"
    port, operators = ports
    configure(CONFIGURATION / "Caddyfile", configuration, {
        "port": port, "operators": operators, "catalogue": catalogue_port, "credential": CREDENTIAL})
    process = processes.start("caddy", ["/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", configuration], {
        "HOME": str(processes.folder), "GOMAXPROCS": str(CORES)})
    await_until(lambda: is_ok(operators, "/metrics"), "Caddy is not ready", process)
    return process
