"""A node without systemd: the files of its machine, and the commands of its unit in the order in which systemd runs them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
# Folders of a machine that are below the node's own folder here.
FOLDERS = re.compile(r"/(?:etc/kinoteka|run/kinoteka|var/lib/prometheus|usr/local/(?:bin|lib))\b")
SECTIONS = ["ExecStartPre", "ExecStart", "ExecStartPost"]


class CommandFailed(Exception):
    pass


class Node:
    """Has a container engine of its own below its folder.

    `environment` is added to that of the commands, `engine` is the folder of the commands `docker` and `docker-compose`.
    """

    def __init__(self, folder, environment, engine):
        self.root = Path(folder)
        self.environment = {**os.environ, **environment, "KINOTEKA_FIRST_PAUSE": "0.2", "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment["PATH"] = f"{engine}:{self.root}/usr/local/bin:{os.environ['PATH']}"
        self.environment["KINOTEKA_MACHINE_FILES"] = f"{self.root}/etc/kinoteka/machine-files"
        for tree in ("common", "node"):
            shutil.copytree(FOLDER / tree, self.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("debian.yaml"))
        for script in self.root.glob("usr/local/bin/*"):
            script.write_text(self.here(script.read_text()))
        (self.root / "etc/kinoteka/machine-files").write_text("rehearsal")

    def here(self, text):
        return FOLDERS.sub(lambda match: f"{self.root}{match[0]}", text)

    def start(self, unit="kinoteka"):
        for section in SECTIONS:
            self.run(unit, section)

    def stop(self, unit="kinoteka"):
        self.run(unit, "ExecStop")

    def restart_machine(self):
        """Stops the services; nothing in memory survives; starts them."""
        self.stop()
        shutil.rmtree(self.root / "run/kinoteka")
        self.start()

    def run(self, unit, section):
        lines = (self.root / f"etc/systemd/system/{unit}.service").read_text().splitlines()
        for line in lines:
            key, _, command = line.partition("=")
            if key == section:
                self.execute(command)

    def execute(self, command):
        may_fail = command.startswith("-")
        release = self.release()
        words = [
            re.sub(r"\$\{(\w+)\}", lambda match: release.get(match[1], ""), word) for word in self.here(command.lstrip("-")).split()
        ]
        words[0] = re.sub(r"^/usr/s?bin/", "", words[0])
        done = subprocess.run(
            words, env={**self.environment, **release}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        with open(self.root / "log", "a", encoding="utf-8") as log:
            log.write(f"{' '.join(words)}\n{done.stdout}")
        if done.returncode != 0 and not may_fail:
            raise CommandFailed(f"{' '.join(words)}: exit status {done.returncode}\n{done.stdout}")

    def release(self):
        """The EnvironmentFile of the unit, which systemd reads before each command."""
        file = self.root / "run/kinoteka/release.env"
        lines = file.read_text().splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
