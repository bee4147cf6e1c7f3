"""Folders that are built once and kept, on a machine on which several builds run at the same time and some are killed."""

import fcntl
import os
import pathlib
import shutil

BUILDING = "building-"


def entry(folder, name, build):
    """Returns the folder of this name. If there is none, build(work) fills a work folder, which gets the name when it is complete.

    Another build of the same name waits. What a killed build has left is deleted by the next build, whatever its name.
    """
    complete = folder / name
    if complete.exists():
        return complete
    folder.mkdir(parents=True, exist_ok=True)
    _delete_abandoned(folder)
    work = folder / f"{BUILDING}{name}"
    lock = _lock(work)
    try:
        if not complete.exists():
            build(work)
            work.rename(complete)
        elif work.exists():
            work.rmdir()  # made by _lock() after another build had renamed its own
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    finally:
        os.close(lock)
    return complete


def _delete_abandoned(folder):
    for work in folder.glob(f"{BUILDING}*"):
        lock = _try_lock(work, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if lock is not None:
            shutil.rmtree(work)
            os.close(lock)


def _lock(work):
    """Locks a folder, which it makes if necessary, for this process only: the lock ends with the process, however that ends."""
    while True:
        work.mkdir(exist_ok=True)
        lock = _try_lock(work, fcntl.LOCK_EX)
        if lock is not None:
            return lock


def _try_lock(work, how):
    """Returns None if another process has the folder, or had it, and has renamed or deleted it."""
    try:
        lock = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, how)
        if os.path.samestat(os.fstat(lock), os.stat(work)):
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None
