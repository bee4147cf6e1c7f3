"""Runs programs of the operating system."""

import os
import re
import subprocess

from .failure import Failure


def run(*words, stdin=None, env=None):
    """Runs a program to its end and returns its output. A failure of the program is one of this command."""
    done = attempt(*words, stdin=stdin, env=env)
    if done.returncode != 0:
        raise Failure(f"{name_of(words)} has failed with exit status {done.returncode}: {reason(done)}")
    return done.stdout


def name_of(words):
    """The program itself, not those that start it on a machine and as a user."""
    return os.path.basename(next(str(word) for word in words if not re.match(r"nsenter$|setpriv$|--", str(word))))


def reason(done):
    """What a program said of its failure, on one line: the lines of errors if there are any, otherwise the end of its output."""
    said = f"{done.stdout}\n{done.stderr}"
    errors = re.findall(r"\bERROR: .*(?:\n +\S.*)*", said)
    return " ".join(" ".join(errors or [said]).split())[-400:] or "no output"


def attempt(*words, stdin=None, env=None):
    """Runs a program to its end, which may fail."""
    try:
        return subprocess.run(
            [str(word) for word in words], input=stdin, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            stdin=subprocess.DEVNULL if stdin is None else None, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(f"{error.filename} is not installed") from None
