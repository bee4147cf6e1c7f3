"""The settings, which are documented in settings.env."""

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path

from . import files
from .failure import Failure

FILE = Path(__file__).resolve().parent.parent / "settings.env"
KEPT = "settings.env"  # in the folder of the cluster
# Names that need no quotes in SQL and in the configuration of any of the programs.
ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
# Roles of the cluster itself, and those of PostgreSQL.
RESERVED = re.compile(r"postgres|replicator|rewinder|kinoteka|analytic|monitoring|public|none|pg_.*")


@dataclass(frozen=True)
class Settings:
    """Validated settings. An empty password or version means that none is given. `variables` are those that programs of ours read again."""

    database: str
    owner: str
    owner_password: str
    migration_version: str
    has_sample_data: bool
    seed_count: int
    analysts: tuple[str, ...]
    backup_interval: str
    backup_retention: int
    nodes: int
    synchronous: str
    network: str
    folder: Path
    variables: dict


def read(environment=os.environ):
    """
    Reads the settings from these variables. One that is not set has the value with which the cluster was last started, and one that is
    empty, or was never set, that of settings.env.
    """
    declared = parse(FILE)
    kept = parse(absolute("KINOTEKA_CLUSTER", environment.get("KINOTEKA_CLUSTER") or declared["KINOTEKA_CLUSTER"]) / KEPT)
    values = {name: environment.get(name, kept.get(name)) or default for name, default in declared.items()}
    owner = role("CREATOR_NAME", values["CREATOR_NAME"])
    analysts = tuple(role("ANALYST_NAMES", name.strip()) for name in values["ANALYST_NAMES"].split(",") if name.strip())
    if len({owner, *analysts}) <= len(analysts):
        raise Failure(f"ANALYST_NAMES: {values['ANALYST_NAMES']} (expected: each name once, and not CREATOR_NAME)")
    return Settings(
        database=name_of_database(values["MY_DB"]),
        owner=owner,
        owner_password=password("CREATOR_PASSWORD", values["CREATOR_PASSWORD"]),
        migration_version=version(values["MIGRATION_VERSION"]),
        has_sample_data=values["APP_ENV"] == "dev",
        seed_count=number("SEED_COUNT", values["SEED_COUNT"], 1, 100_000_000),
        analysts=analysts,
        backup_interval=values["BACKUP_INTERVAL_CRON"],
        backup_retention=number("BACKUP_RETENTION_COUNT", values["BACKUP_RETENTION_COUNT"], 1, 9999),
        nodes=number("NODES", values["NODES"], 2, 3),
        synchronous=one_of("SYNCHRONOUS", values["SYNCHRONOUS"], ("on", "strict", "off")),
        network=network(values["CLUSTER_NETWORK"]),
        folder=absolute("KINOTEKA_CLUSTER", values["KINOTEKA_CLUSTER"]),
        variables={name: value for name, value in values.items() if name != "CREATOR_PASSWORD"})


def parse(file):
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def keep(settings):
    """Keeps the settings in the folder of the cluster, for the next start. This file is also the sign that the folder is a cluster's."""
    files.write(settings.folder / KEPT, "".join(f"{name}={value}\n" for name, value in settings.variables.items()))


def is_cluster(folder):
    return (folder / KEPT).exists()


def role(setting, value):
    if not ROLE.fullmatch(value) or RESERVED.fullmatch(value):
        raise Failure(f"{setting}: {value} (expected: up to 63 of a-z, 0-9 and _, no digit first, and no role of the cluster itself)")
    return value


def name_of_database(value):
    if not ROLE.fullmatch(value) or value in ("postgres", "template0", "template1"):
        raise Failure(f"MY_DB: {value} (expected: up to 63 of a-z, 0-9 and _, no digit first, and no database of PostgreSQL itself)")
    return value


def password(setting, value):
    if not value.isprintable() or not value.isascii() or len(value) > 200:
        raise Failure(f"{setting}: not usable (expected: up to 200 printable characters of ASCII)")
    return value


def version(value):
    if not re.fullmatch(r"(\d{1,6}(\.\d{1,6})*)?", value):
        raise Failure(f"MIGRATION_VERSION: {value} (expected: a version of the schema, such as 7)")
    return value


def number(setting, value, least, most):
    if not re.fullmatch(r"[0-9]{1,12}", value) or not least <= int(value) <= most:
        raise Failure(f"{setting}: {value} (expected: a number from {least} to {most})")
    return int(value)


def one_of(setting, value, choices):
    if value not in choices:
        raise Failure(f"{setting}: {value} (expected: {', '.join(choices)})")
    return value


def network(value):
    try:
        accepted = ipaddress.IPv4Address(f"{value}.0").is_private
    except ValueError:
        accepted = False
    if not accepted:
        raise Failure(f"CLUSTER_NETWORK: {value} (expected: the first three bytes of a private network, such as 10.83.0)")
    return value


def absolute(setting, value):
    if not value.startswith("/") or value == "/" or re.search(r"[\s'\"%:]|/\.\.?(/|$)", value):
        raise Failure(f"{setting}: {value} (expected: an absolute path without spaces, quotes, percent signs and colons)")
    return Path(value)
