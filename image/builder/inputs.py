"""What decides over the files of an image."""

import dataclasses
import hashlib
import os
import pathlib
import tempfile

from . import native
from .failure import Failure

HERE = pathlib.Path(__file__).resolve().parent.parent


@dataclasses.dataclass(frozen=True)
class Inputs:
    program: str
    unpacked: pathlib.Path
    tool: pathlib.Path
    sbom: pathlib.Path
    java_home: pathlib.Path

    @property
    def jar(self):
        jars = list(self.unpacked.glob(f"{self.program}-*.jar"))
        if len(jars) != 1:
            raise Failure(f"{self.unpacked}/{self.program}-*.jar: {len(jars)} files (expected: 1, which `make build` makes)")
        return jars[0]

    def key(self):
        """A hash of the names and contents of all inputs, whatever the folder in which they are."""
        digest = hashlib.sha256(self.program.encode())
        for name, file in sorted(self._files()):
            digest.update(f"\n{name} {_sha256(file)}".encode())
        return digest.hexdigest()[:16]

    def _files(self):
        yield "jar", self.jar
        yield "layout", HERE / "layout"
        yield "java.args", HERE / "java.args"
        yield "sbom", self.sbom
        yield "tool", self.tool  # its PostgreSQL is the one of the training run
        yield from _below("builder", HERE / "builder", "*.py")
        yield from _below("health", HERE / "health")
        yield from _below("program", self.unpacked)
        # A version does not say everything: distributions replace certificates and time zones.
        yield from _below("java", self.java_home)
        yield from self._c_library()

    def _c_library(self):
        with tempfile.TemporaryDirectory() as folder:
            libraries = pathlib.Path(folder) / "native"
            native.extract(self.program, self.unpacked / "lib", libraries)
            for path in native.c_library(self.java_home, libraries):
                yield str(path), path


def _below(name, folder, pattern="*"):
    # Path.rglob() does not follow links to folders.
    for parent, _, _ in os.walk(folder, followlinks=True):
        for file in pathlib.Path(parent).glob(pattern):
            if file.is_file():
                yield f"{name}/{file.relative_to(folder)}", file


def _sha256(file):
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
