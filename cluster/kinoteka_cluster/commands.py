"""Runs programs of the operating system."""

import os
import subprocess

from .failure import Failure


def run(*words, stdin=None, env=None):
    """Runs a program to its end and returns its output. A failure of the program is one of this command."""
    done = attempt(*words, stdin=stdin, env=env)
    if done.returncode != 0:
        said = " ".join(f"{done.stderr}{done.stdout}".split()) or "no output"
        raise Failure(f"{os.path.basename(str(words[0]))} has failed with exit status {done.returncode}: {said[-600:]}")
    return done.stdout


def attempt(*words, stdin=None, env=None):
    """Runs a program to its end, which may fail."""
    try:
        return subprocess.run(
            [str(word) for word in words], input=stdin, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            stdin=subprocess.DEVNULL if stdin is None else None, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(f"{error.filename} is not installed") from None
