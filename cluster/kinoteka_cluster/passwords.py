"""Generated passwords, each in a file of its own that only root can read."""

import secrets

from . import files

NAMES = ("postgres", "replicator", "rewinder", "owner", "service", "gateway", "repository", "monitoring")


def generate(settings):
    """Generates those that are missing. A password of the owner that the settings give is used instead."""
    for name in NAMES:
        read_or_generate(settings, name)
    if settings.owner_password:
        write(settings.folder / "passwords/owner", settings.owner_password)


def read_or_generate(settings, name):
    """The password of this name. Its file remains until the cluster is deleted."""
    file = settings.folder / "passwords" / name
    if not file.exists():
        write(file, secrets.token_urlsafe(24))
    return file.read_text(encoding="utf-8")


def write(file, password):
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write(file, password)
