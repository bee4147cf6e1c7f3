"""Generated passwords, each in a file of its own that only root can read."""

import os
import secrets


def read_or_generate(settings, name):
    """The password of this name. A file of it remains until the cluster is deleted."""
    file = settings.folder / "passwords" / name
    if not file.exists():
        write(file, settings.owner_password if name == "owner" and settings.owner_password else secrets.token_urlsafe(24))
    return file.read_text(encoding="utf-8")


def write(file, password):
    """The file is complete or not there at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(password)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
