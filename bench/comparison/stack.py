"""A catalogue on PostgreSQL, and the proxies in front of it, which are started when they are needed."""

import programs
from costs import Backend
from http_client import free_port_pairs
from peers import CADDY, ENVOY, HAPROXY, OURS, SPRING, Peer
from proxies import start_caddy, start_envoy, start_haproxy, start_nginx
from services import CREDENTIAL, start_catalogue, start_gateway, start_plain_gateway

HOST = {"Host": "localhost"}
# A client of the catalogue itself says what a proxy would say.
FORWARDED = {
    **HOST, "Gateway-Credential": f"forwarded {CREDENTIAL}", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost",
    "X-Forwarded-Proto": "http"}
UNCACHED = {"KINOTEKA_GATEWAY_CACHE_ENABLED": "false"}


class Programs:
    """The builds that are compared, laid out as in their images."""

    def __init__(self, others=()):
        self.catalogue = programs.lay_out("catalog-service", programs.ROOT / "catalog-service/target/unpacked")
        self.gateways = {
            name: programs.lay_out("gateway", folder)
            for name, folder in [("gateway", programs.ROOT / "gateway/target/unpacked"), *others]}
        self.plain = programs.lay_out("plain-gateway", programs.ROOT / "bench/plain-gateway/target/unpacked")
        self.envoy = programs.install_envoy()


class Stack:
    """One catalogue and its proxies."""

    def __init__(self, processes, built, memory_mib, database, java_options=()):
        self.processes = processes
        self.built = built
        self.memory_mib = memory_mib
        self.java_options = java_options
        self.started = {}
        [self.ports] = free_port_pairs(1)
        self.catalogue = start_catalogue(processes, built.catalogue, memory_mib, self.ports, database, java_options)
        self.backend = Backend(self.catalogue, *self.ports, database.process)

    def peer(self, name, cached=False):
        """A new participant for a proxy, or for the catalogue without one. It keeps running for the next case."""
        if name == "catalogue":
            return Peer(name, self.built.catalogue.version, port=self.ports[0], backend=self.backend, headers=FORWARDED)
        if (name, cached) not in self.started:
            [ports] = free_port_pairs(1)
            self.started[name, cached] = ports, self.start(name, ports, cached)
        ports, (process, version, counter) = self.started[name, cached]
        return Peer(
            name, version, process=process, port=ports[0], operators=ports[1], backend=self.backend, counter=counter, headers=HOST,
            is_java=name in self.built.gateways)

    def start(self, name, ports, cached):
        """The process of a proxy, its version, and how it counts."""
        catalogue_port = self.ports[0]
        match name:
            case "nginx":
                version = f"{programs.debian_version('nginx')}, Lua module {programs.debian_version('libnginx-mod-http-lua')}"
                return start_nginx(self.processes, ports, catalogue_port, cached), version, OURS
            case "envoy":
                return start_envoy(self.processes, self.built.envoy, ports, catalogue_port), programs.ENVOY_VERSION, ENVOY
            case "haproxy":
                return start_haproxy(self.processes, ports, catalogue_port), programs.debian_version(name), HAPROXY
            case "caddy":
                return start_caddy(self.processes, ports, catalogue_port), programs.debian_version(name), CADDY
            case "spring":
                process = start_plain_gateway(self.processes, self.built.plain, self.memory_mib, ports, catalogue_port)
                return process, self.built.plain.version, SPRING
        layout = self.built.gateways[name]
        process = start_gateway(
            self.processes, name, layout, self.memory_mib, ports, catalogue_port, {} if cached else UNCACHED, self.java_options)
        return process, layout.version, OURS

    def stop(self):
        for _, (process, _, _) in reversed(list(self.started.values())):
            self.processes.stop(process)
        self.processes.stop(self.catalogue)
