"""Programs that the build runs."""

import os
import subprocess

# Options of Java and settings of the services come from the sources only, not from the shell in which somebody builds an image.
INHERITED = ("HOME", "LOGNAME", "PATH", "TMPDIR", "USER")


def environment(**variables):
    return {name: os.environ[name] for name in INHERITED if name in os.environ} | {"LC_ALL": "C.UTF-8"} | variables


def output(*command):
    """Runs a command and returns what it prints."""
    return subprocess.run(command, env=environment(), check=True, capture_output=True, text=True).stdout.strip()
