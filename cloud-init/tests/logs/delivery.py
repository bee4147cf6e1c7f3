#!/usr/bin/python3
"""Checks what becomes of records of a real journal: run it with with-journal.

usage: delivery.py CASE
"""

import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cloud_logging import CloudLogging

COMMON = Path(__file__).resolve().parents[2] / "common/usr/local"
END = "the last line"


class Machine:
    def __init__(self):
        self.cloud = CloudLogging()
        self.folder = Path(tempfile.mkdtemp())
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.connect("/run/systemd/journal/socket")
        self.shipper = None

    def log(self, message, **fields):
        """Writes a record in the journal's own protocol."""
        record = b""
        for name, value in {"MESSAGE": message, **fields}.items():
            content = value if isinstance(value, bytes) else str(value).encode()
            record += name.encode() + b"\n" + struct.pack("<Q", len(content)) + content + b"\n"
        self.socket.send(record)

    def start(self, **environment):
        self.shipper = subprocess.Popen(
            ["/usr/bin/python3", COMMON / "bin/kinoteka-logs", self.folder / "state", self.folder / "logs.prom"],
            env={
                **os.environ,
                **self.cloud.environment,
                "KINOTEKA_FIRST_PAUSE": "0.05",
                "LOG_GROUP_ID": "e23group",
                "PYTHONPATH": str(COMMON / "lib/kinoteka"),
                "PYTHONDONTWRITEBYTECODE": "1",
                **environment,
            },
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def stop(self):
        """As systemd does: with what it has started. Returns what it has written."""
        self.shipper.send_signal(signal.SIGTERM)
        self.shipper.wait(30)
        try:
            os.killpg(self.shipper.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return self.shipper.stderr.read()

    def ship(self):
        """Ships everything that is in the journal, and returns what the shipper has written."""
        ends = self.ends() + 1
        self.log(END)
        self.start()
        wait_for(lambda: self.ends() == ends and self.metric("logs_sent_total") == len(self.cloud.accepted))
        return self.stop()

    def ends(self):
        return sum(entry["message"] == END for entry in self.cloud.accepted)

    def entries(self, beginning=""):
        """The accepted entries that this check has written."""
        return [entry for entry in self.cloud.accepted if entry["message"].startswith(beginning) and entry["message"] != END]

    def messages(self, beginning):
        return [entry["message"] for entry in self.entries(beginning)]

    def metric(self, name):
        return int(re.search(rf"^{re.escape(name)} (\d+)$", (self.folder / "logs.prom").read_text(), re.MULTILINE)[1])

    def lost(self, reason):
        return self.metric(f'logs_lost_total{{reason="{reason}"}}')


def long_lines(machine):
    machine.log("a" * 5_000)
    machine.log("b" * 100_000)
    machine.log("я" * 40_000)
    machine.ship()
    (complete,), (shortened,), (cyrillic,) = machine.entries("aaa"), machine.entries("bbb"), machine.entries("яяя")
    equal(complete["message"], "a" * 5_000)
    equal(shortened["message"], "b" * 65_536)
    equal(shortened["jsonPayload"]["omitted_bytes"], 100_000 - 65_536)
    equal(cyrillic["message"], "я" * 32_768)
    assert "omitted_bytes" not in complete["jsonPayload"]


def many_long_lines(machine):
    lines = [f"{number:03} " + "c" * 60_000 for number in range(120)]
    for line in lines:
        machine.log(line)
    machine.ship()
    equal([line[:3] for line in machine.messages("") if line.endswith("ccc")], [line[:3] for line in lines])


def levels(machine):
    machine.log("line error", PRIORITY=3)
    machine.log("line debug", PRIORITY=7)
    machine.log("line odd", PRIORITY="high")
    machine.log('{"message": "line warn", "level": "WARN", "trace_id": "4bf9"}', PRIORITY=6)
    machine.log('{"message": "line lower", "level": "error"}', PRIORITY=6)
    machine.log('{"message": "line unknown", "level": 17}', PRIORITY=4)
    machine.ship()
    equal(
        {entry["message"]: entry["level"] for entry in machine.entries("line ")},
        {"line error": "ERROR", "line debug": "DEBUG", "line odd": "INFO"}
        | {"line warn": "WARN", "line lower": "ERROR", "line unknown": "WARN"},
    )


def fields(machine):
    machine.log('{"message": "line", "level": "WARN", "trace_id": "4bf9"}', CONTAINER_NAME="catalog")
    machine.log('{"log":"access","status":502,"trace_id":"5b9a"}', CONTAINER_NAME="gateway")
    machine.ship()
    (line,), (access,) = machine.entries("line"), machine.entries('{"log"')
    equal(line["jsonPayload"], {"node": "node-1", "from": "catalog", "fields": {"level": "WARN", "trace_id": "4bf9"}})
    equal(access["jsonPayload"]["fields"], {"log": "access", "status": 502, "trace_id": "5b9a"})


def hostile_lines(machine):
    lines = ['{"a":NaN}', '{"a":1e999}', '{"a":"\\ud800"}', "{broken", '{"a":' + "[" * 5_000 + "]" * 5_000 + "}", "\x00\x1b[31m"]
    for line in lines:
        machine.log(line)
    machine.log(b"{\xff\xfe")
    machine.log(json.dumps({"message": "large", "x": "y" * 80_000}))
    machine.ship()
    equal([entry["message"] for entry in machine.entries() if entry["message"] in lines], lines)
    assert machine.entries("{\ufffd\ufffd"), "bytes that are no text"
    (large,) = machine.entries('{"message": "large"')
    assert large["jsonPayload"]["omitted_bytes"] > 0 and "fields" not in large["jsonPayload"]
    equal(machine.lost("rejected"), 0)


def rejected_entry(machine):
    lines = write_lines(machine, 250)
    machine.cloud.poison = {lines[7], lines[120]}
    said = machine.ship()
    equal(machine.messages("line "), [line for line in lines if line not in machine.cloud.poison])
    equal(machine.lost("rejected"), 2)
    equal(len(re.findall("lost .* Cloud Logging rejected them.*poison", said)), 1)


def rejected_request(machine):
    lines = write_lines(machine, 250)
    machine.cloud.invalid = {lines[7], lines[120], lines[121]}
    said = machine.ship()
    equal(machine.messages("line "), [line for line in lines if line not in machine.cloud.invalid])
    equal(machine.lost("rejected"), 3)
    equal(len(re.findall("lost .* Cloud Logging rejected them: 400 .*an entry", said)), 1)
    assert machine.cloud.requests < 60, machine.cloud.requests


def busy_entry(machine):
    lines = write_lines(machine, 50)
    machine.cloud.busy = {lines[3], lines[30]}
    machine.ship()
    equal(sorted(machine.messages("line ")), lines)
    equal(machine.lost("rejected"), 0)


def outage(machine):
    lines = write_lines(machine, 250)
    machine.cloud.outages = [503, 429, 500, 403, 503]
    said = machine.ship()
    equal(machine.messages("line "), lines)
    equal(re.findall(r"trying again in (\S+) s", said), ["0.05", "0.1", "0.2", "0.4", "0.8"])
    equal(machine.lost("rejected"), 0)


def broken_responses(machine):
    lines = write_lines(machine, 50)
    machine.cloud.outages = ["garbage", "cut", "garbage"]
    said = machine.ship()
    equal(machine.messages("line "), lines)
    equal(re.findall(r"(\w+)\(.*trying again in (\S+) s", said), [("BadStatusLine", "0.05"), ("IncompleteRead", "0.1"), ("BadStatusLine", "0.2")])


def restarts(machine):
    lines = write_lines(machine, 2_000)
    machine.start()
    for pause in (0.3, 0.35, 0.4, 0.45, 0.5):
        time.sleep(pause)  # wherever it is by then
        machine.stop()
        lines += write_lines(machine, 100, f"line {pause} ")
        machine.start()
    machine.stop()
    machine.ship()
    equal(machine.messages("line "), lines)


def stopped_while_away(machine):
    lines = write_lines(machine, 150)
    machine.cloud.outages = [503] * 1_000
    machine.start()
    wait_for(lambda: len(machine.cloud.outages) < 998)
    machine.stop()
    machine.cloud.outages = []
    machine.ship()
    equal(machine.messages("line "), lines)


def deleted_records(machine):
    write_lines(machine, 20)
    machine.ship()
    write_lines(machine, 50, "unsent ")
    time.sleep(1.1)  # --vacuum-time has seconds
    for command in ("--sync", "--rotate", "--vacuum-time=1s"):
        subprocess.run(["journalctl", "--quiet", command], check=True)
    machine.log("after")
    machine.ship()
    equal(machine.messages("unsent "), [])
    equal(machine.messages("after"), ["after"])
    assert 50 <= machine.lost("deleted") < 60, machine.lost("deleted")  # and a few of journald itself


def suppressed_records(machine):
    machine.log("Suppressed 17 messages from docker.service", N_DROPPED=17)
    machine.ship()
    equal(machine.lost("suppressed"), 17)


def malformed_counts(machine):
    for count in ("many", "-5", "", "1" * 5_000, b"\xff", "٣"):
        machine.log("Suppressed messages", N_DROPPED=count)
    machine.log("Suppressed messages", N_DROPPED=3)
    machine.ship()
    equal(len(machine.messages("Suppressed")), 7)
    equal(machine.lost("suppressed"), 3)


def malformed_records(machine):
    good = {"__CURSOR": "odd", "__REALTIME_TIMESTAMP": "1795000000000000"}
    records = [
        good | {"MESSAGE": "first"},
        {"MESSAGE": "without a cursor", "__REALTIME_TIMESTAMP": "1795000000000000"},
        good | {"MESSAGE": "without a time", "__REALTIME_TIMESTAMP": "soon"},
        good | {"__CURSOR": None},
        ["no record"],
        good | {"__CURSOR": "s=1;i=2", "MESSAGE": END},
    ]
    journalctl = machine.folder / "journalctl"
    journalctl.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(["{broken", *map(json.dumps, records)]) + "\nEND\nexec sleep 60\n")
    journalctl.chmod(0o755)
    machine.start(PATH=f"{machine.folder}:{os.environ['PATH']}")
    wait_for(lambda: machine.ends())
    wait_for(lambda: machine.metric("logs_sent_total") == 2)
    said = machine.stop()
    equal(machine.messages("first"), ["first"])
    equal(machine.lost("malformed"), 5)
    equal(len(re.findall("lost 1 records, journalctl printed them in another form: {broken", said)), 1)


def unusable_state(machine):
    lines = write_lines(machine, 20)
    (machine.folder / "state").mkdir()
    for state in ('{"cursor": "nonsense", "sent": 3}', '{"cursor"', "[]", '{"cursor": 7, "lost": {"rejected": "x"}}'):
        (machine.folder / "state/state.json").write_text(state)
        machine.cloud.accepted.clear()
        machine.start()
        wait_for(lambda: machine.messages("line ") == lines and machine.metric("logs_sent_total") == len(machine.cloud.accepted))
        said = machine.stop()
        equal(len(re.findall(r"logs: .*state\.json: .*; starting with this boot", said)), 1)


def counters(machine):
    lines = write_lines(machine, 120)
    machine.cloud.poison = {lines[3]}
    machine.ship()
    sent = machine.metric("logs_sent_total")
    equal(sent, len(machine.cloud.accepted))
    machine.ship()
    assert machine.metric("logs_sent_total") == len(machine.cloud.accepted) > sent
    equal(machine.lost("rejected"), 1)


def write_lines(machine, count, beginning="line "):
    lines = [f"{beginning}{number:05}" for number in range(count)]
    for line in lines:
        machine.log(line)
    return lines


def equal(actual, expected):
    assert actual == expected, f"\n  was      {str(actual)[:2000]}\n  expected {str(expected)[:2000]}"


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    here = Machine()
    try:
        globals()[sys.argv[1]](here)
    finally:
        if here.shipper and here.shipper.poll() is None:
            os.killpg(here.shipper.pid, signal.SIGKILL)
