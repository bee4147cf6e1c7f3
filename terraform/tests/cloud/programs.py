"""Starts the programs of terraform/api beside a stand-in."""

import os
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "api"


def start(stand_in, name, *arguments, **variables):
    environment = {name: value for name, value in os.environ.items() if name not in ("YC_TOKEN", "IAM_TOKEN")}
    return subprocess.Popen(
        [FOLDER / name, *arguments],
        env=environment | stand_in.environment | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(stand_in, name, *arguments, **variables):
    return finish(start(stand_in, name, *arguments, **variables))


def finish(process):
    with process:
        try:
            output, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    return process.returncode, output, errors
