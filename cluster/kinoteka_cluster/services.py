"""Kinoteka's services on the cluster: the catalogue, which knows all servers of PostgreSQL, and the gateway."""

import os
import pwd
import urllib.request
from pathlib import Path

from .commands import attempt
from .failure import Failure
from .passwords import read_or_generate
from .programs import Program

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("catalogue", "gateway")
GATEWAY_PORT, GATEWAY_OPERATORS_PORT, CATALOGUE_PORT, CATALOGUE_OPERATORS_PORT = 8080, 9090, 8081, 9091
JAVA_OPTIONS = "-Xmx512m -XX:+UseSerialGC"
PASSED_ON = ("KINOTEKA_CATALOG_", "KINOTEKA_GATEWAY_")


def programs(settings, machines):
    """The variables of the caller that are settings of a service are passed on to it."""
    credential = read_or_generate(settings, "gateway")
    own = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    catalogue = {
        **database_settings(settings, machines),
        "SERVER_PORT": CATALOGUE_PORT, "MANAGEMENT_SERVER_PORT": CATALOGUE_OPERATORS_PORT,
        "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS": credential,
        "KINOTEKA_CATALOG_SECURITY_DEVELOPMENT": "true" if settings.has_sample_data else "false",
        "LOGGING_LEVEL_ROOT": "warn", **own}
    gateway = {
        "SERVER_PORT": GATEWAY_PORT, "MANAGEMENT_SERVER_PORT": GATEWAY_OPERATORS_PORT,
        "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE": f"http://127.0.0.1:{CATALOGUE_PORT}",
        "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL": credential,
        "KINOTEKA_GATEWAY_ACCESSLOG_FILE": settings.folder / "log/access.log",
        "LOGGING_LEVEL_ROOT": "warn", **own}
    return [Program("catalogue", java("catalog-service"), user(), environment=catalogue),
            Program("gateway", java("gateway"), user(), environment=gateway)]


def database_settings(settings, machines):
    """How the services and the seeder reach PostgreSQL."""
    return {
        "KINOTEKA_CATALOG_DATABASE_HOSTS": machines.database_hosts,
        "KINOTEKA_CATALOG_DATABASE_NAME": settings.database,
        "KINOTEKA_CATALOG_DATABASE_USERNAME": "kinoteka",
        "KINOTEKA_CATALOG_DATABASE_PASSWORD": read_or_generate(settings, "service"),
        "KINOTEKA_CATALOG_DATABASE_MIGRATION_USERNAME": settings.owner,
        "KINOTEKA_CATALOG_DATABASE_MIGRATION_PASSWORD": read_or_generate(settings, "owner"),
        "KINOTEKA_CATALOG_DATABASE_TLS_MODE": "verify-full",
        "KINOTEKA_CATALOG_DATABASE_TLS_ROOTCERTIFICATE": settings.folder / "ca/ca.crt"}


def require_known_version(settings):
    files = (ROOT / "schema/src/main/resources/db/migration").glob("V*__*.sql")
    known = sorted((file.name[1:].partition("__")[0] for file in files), key=int)
    if settings.migration_version not in ("", *known):
        raise Failure(f"MIGRATION_VERSION: {settings.migration_version} (expected: one of {', '.join(known)})")


def migrate(settings, machines):
    """Runs the seeder, which migrates the schema and fills empty tables with sample data if the settings want any."""
    done = attempt(*java("seeder"), env={
        **{name: str(value) for name, value in database_settings(settings, machines).items()},
        "SEED_COUNT": str(settings.seed_count if settings.has_sample_data else 0),
        "MIGRATION_VERSION": settings.migration_version})
    if done.returncode != 0:
        raise Failure(" ".join(done.stderr.split()) or f"The seeder has failed with exit status {done.returncode}")


def are_wanted(settings):
    """The services need the newest schema."""
    return not settings.migration_version


def java(program):
    jar = next((ROOT / program / "target/unpacked").glob(f"{program}-*.jar"), None)
    if jar is None or "JAVA_HOME" not in os.environ:
        raise Failure(f"{program} is not built, or JAVA_HOME is not set (expected: `make cluster`, which sees to both)")
    options = os.environ.get("KINOTEKA_JAVA_OPTIONS", JAVA_OPTIONS).split()
    return [f"{os.environ['JAVA_HOME']}/bin/java", "--enable-native-access=ALL-UNNAMED", *options, "-jar", jar]


def user():
    """The owner of the project's folder, who can certainly read it."""
    return pwd.getpwuid(ROOT.stat().st_uid).pw_name


def are_ready():
    return all(is_ok(f"http://127.0.0.1:{port}/actuator/health/readiness") for port in (CATALOGUE_OPERATORS_PORT, GATEWAY_OPERATORS_PORT))


def is_ok(address):
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False
