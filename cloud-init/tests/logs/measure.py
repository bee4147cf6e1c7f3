#!/usr/bin/python3
"""Measures what sending lines of the access log costs kinoteka-logs, or syslog-ng: run it with with-journal.

usage: measure.py kinoteka-logs|syslog-ng [invalid|poison]

invalid: a request with line 777 is rejected; poison: line 777 is rejected in a response with status 200.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from delivery import Machine

LINES = 10_000
LINE = (
    '{"time":"2026-11-22T05:21:07.184Z","log":"access","client":"127.0.0.0/24","protocol":"HTTP/1.1","method":"GET",'
    '"host":"localhost","endpoint":"/api/movie/","status":200,"duration_ms":4.512,"first_byte_ms":4.160,"bytes_received":0,'
    '"bytes_sent":389,"instance":"http://127.0.0.1:8081","attempts":1,"trace_id":"5b9a1d0c6ff0a2f3c7a42b5f4f4cf3a1","requests":%d}'
)
SECONDS = 30


def start_syslog_ng(machine):
    config = Path(__file__).with_name("syslog-ng.conf").read_text()
    file = machine.folder / "syslog-ng.conf"
    file.write_text(config.replace("URL", machine.cloud.environment["KINOTEKA_LOGGING"]))
    paths = [f"--{name}={machine.folder}/{name}" for name in ("persist-file", "control", "pidfile")]
    machine.shipper = subprocess.Popen(["syslog-ng", "--foreground", f"--cfgfile={file}", *paths], start_new_session=True)


def cost_of(process):
    """Seconds of processor time and MB of memory at most."""
    stat = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    status = Path(f"/proc/{process}/status").read_text()
    memory = int(status.split("VmHWM:")[1].split()[0]) // 1024
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"), memory


def main(program, fault=None):
    machine = Machine()
    for number in range(LINES):
        machine.log(LINE % number, CONTAINER_NAME="gateway")
    if fault:
        setattr(machine.cloud, fault, {LINE % 777})
    if program == "syslog-ng":
        start_syslog_ng(machine)
    else:
        machine.start()
    end = time.monotonic() + SECONDS
    while len(machine.entries('{"time"')) < LINES and time.monotonic() < end:
        time.sleep(0.1)
    children = Path(f"/proc/{machine.shipper.pid}/task/{machine.shipper.pid}/children").read_text().split()
    for process in [machine.shipper.pid, *children]:
        name = Path(f"/proc/{process}/comm").read_text().strip()
        seconds, memory = cost_of(process)
        print(f"{name}: {seconds:.2f} s of processor time, {memory} MB")
    print(f"{len(machine.entries(LINE[:8]))} of {LINES} lines arrived, with {machine.cloud.requests} requests")
    machine.shipper.terminate()
    machine.shipper.wait(30)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
