"""Writes files as root into folders that belong to other users."""

import os
import pwd


def write(file, text, user="root", mode=0o600):
    """
    The file is complete or not there at all. It replaces whatever has its name: the user of the folder could have put a link to a file of
    root's there.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with open(descriptor, "w", encoding="utf-8") as stream:
        owner = pwd.getpwnam(user)
        os.fchown(descriptor, owner.pw_uid, owner.pw_gid)
        os.fchmod(descriptor, mode)
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    unfinished.replace(file)


def create_folder(folder, user, mode=0o755):
    """Creates a folder for this user, unless it is there."""
    owner = pwd.getpwnam(user)
    folder.mkdir(mode=mode, exist_ok=True)
    os.chown(folder, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
