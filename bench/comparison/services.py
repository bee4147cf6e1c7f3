"""The catalogue and gateways, with the options that they have in production."""

import secrets

from http_client import is_ok
from process import await_until

# An event loop for each, whatever the machine has, as nginx and Envoy get a worker for each.
CORES = 2
# Below this limit of a container's memory the JVM chooses the serial collector, from it on G1.
LEAST_MEMORY_FOR_G1_MIB = 1792
# By which the catalogue recognizes a gateway. The other proxies send it, too, so that the catalogue has the same to do for all.
CREDENTIAL = secrets.token_hex(32)


def java_options(memory_mib):
    """What the JVM finds out by itself in a container with this limit: largest and initial heap, and the collector."""
    collector = "-XX:+UseSerialGC" if memory_mib < LEAST_MEMORY_FOR_G1_MIB else "-XX:+UseG1GC"
    return [f"-XX:MaxRAM={memory_mib}m", collector, f"-XX:ActiveProcessorCount={CORES}"]


def start_service(processes, name, layout, memory_mib, ports, settings, options=()):
    """Starts a service as the entry point of its image does, with further options of Java, and waits until it is ready."""
    app = layout.root / "app"
    command = [
        layout.root / "opt/java/bin/java", f"@{app}/java.args", f"-Djava.library.path={app}/native",
        f"-Djava.io.tmpdir={processes.folder}", *java_options(memory_mib), *options,
        f"-XX:AOTCache={app}/app.aot", "-jar", app / "app.jar"]
    port, operators = ports
    process = processes.start(name, command, {
        "TZ": "UTC", "SERVER_ADDRESS": "127.0.0.1", "SERVER_PORT": str(port), "MANAGEMENT_SERVER_ADDRESS": "127.0.0.1",
        "MANAGEMENT_SERVER_PORT": str(operators), **settings})
    await_until(lambda: is_ok(operators, "/actuator/health/readiness"), f"{name} is not ready", process)
    return process


def start_catalogue(processes, layout, memory_mib, ports, database, options=()):
    return start_service(processes, "catalogue", layout, memory_mib, ports, {
        **database.settings,
        "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS": CREDENTIAL,
        "KINOTEKA_CATALOG_SECURITY_DEVELOPMENT": "true"}, options)


def start_gateway(processes, name, layout, memory_mib, ports, catalogue_port, settings=None, options=()):
    return start_service(processes, name, layout, memory_mib, ports, {
        "KINOTEKA_GATEWAY_ACCESSLOG_ENABLED": "false",  # as with the other proxies
        "KINOTEKA_GATEWAY_METRICS_HOSTS": "localhost",
        "KINOTEKA_GATEWAY_RATELIMIT_ENABLED": "false",  # all requests come from one address; the other proxies have no limit either
        "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE": f"http://127.0.0.1:{catalogue_port}",
        "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL": CREDENTIAL,
        **(settings or {})}, options)


def start_plain_gateway(processes, layout, memory_mib, ports, catalogue_port):
    """Spring Cloud Gateway without anything of ours; Reactor Netty would start four event loops on two cores."""
    return start_service(processes, "spring", layout, memory_mib, ports, {
        "CATALOGUE": f"http://127.0.0.1:{catalogue_port}",
        "CREDENTIAL": CREDENTIAL}, [f"-Dreactor.netty.ioWorkerCount={CORES}"])
