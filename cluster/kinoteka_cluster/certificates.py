"""A certificate authority of the cluster's own, and a certificate for each machine and each client."""

import os
import shutil
import tempfile
from pathlib import Path

from .commands import run

DAYS = 3650
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def create(machines):
    """Creates what is missing: the authority, a certificate for each machine, and one for this machine as a client."""
    authority = machines.folder / "ca"
    if not (authority / "ca.crt").exists():
        authority.mkdir(mode=0o755, parents=True, exist_ok=True)
        run("openssl", "req", "-x509", *KEY, "-days", DAYS, "-subj", "/CN=Kinoteka cluster", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", authority / "ca.key", "-out", authority / "ca.crt")
    for machine in machines.all:
        issue(authority, machine.certificates, machine.name, machine.address, machine.user)
    issue(authority, machines.client, "client", machines.here, "root", combined=True)


def issue(authority, folder, name, address, user, combined=False):
    """Writes node.crt, node.key (readable for this user only) and ca.crt; `combined` adds node.pem with both, as HAProxy wants it."""
    if (folder / "node.key").exists():
        return
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        extensions = Path(work, "extensions")
        extensions.write_text(
            # pgBackRest compares the address that it connects to with names only.
            f"subjectAltName=DNS:{name},DNS:localhost,DNS:{address},IP:{address},IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n", encoding="utf-8")
        run("openssl", "req", "-new", *KEY, "-subj", f"/CN={name}", "-keyout", f"{work}/node.key", "-out", f"{work}/request")
        run("openssl", "x509", "-req", "-in", f"{work}/request", "-CA", authority / "ca.crt", "-CAkey", authority / "ca.key", "-days", DAYS,
            "-CAcreateserial", "-extfile", extensions, "-out", f"{work}/node.crt")
        if combined:
            Path(work, "node.pem").write_text(Path(work, "node.crt").read_text() + Path(work, "node.key").read_text(), encoding="utf-8")
        shutil.copy(authority / "ca.crt", work)
        for file in ("ca.crt", "node.crt", "node.pem", "node.key"):  # the key last, because it says that all are there
            if Path(work, file).exists():
                os.chmod(Path(work, file), 0o600 if file in ("node.key", "node.pem") else 0o644)
                shutil.chown(Path(work, file), user)
                os.replace(Path(work, file), folder / file)
