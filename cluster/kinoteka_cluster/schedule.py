"""Makes backups by the setting BACKUP_INTERVAL_CRON, tests that they can be restored, and exports metrics of both."""

import json
import signal
import sys
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from . import backups, files, restore_test
from .failure import Failure

METRICS_PORT = 9854
FULL_EVERY = timedelta(days=1)
POLL = 10  # seconds between two looks at what is due
SHORTEST_RETRY, LONGEST_RETRY = 10, 1800  # seconds after a failure; it doubles with each further one


def next_time(interval, last):
    """When the next backup is due after one at this time: a number means minutes from one to the next, anything else is a cron expression."""
    if interval.isdigit():
        return last + timedelta(minutes=int(interval))
    return cron().croniter(interval, last).get_next(datetime)


def require_valid(interval):
    """The field of seconds that croniter knows, too, is refused: backups take longer."""
    if interval.isdigit():
        valid = 1 <= int(interval) <= 525_600
    else:
        valid = len(interval.split()) == 5 and cron().croniter.is_valid(interval)
    if not valid:
        raise Failure(f"BACKUP_INTERVAL_CRON: {interval} (expected: a cron expression with five fields, or minutes from 1 to 525600)")


def cron():
    """Debian's package python3-croniter, which is there once the packages are installed."""
    import croniter  # noqa: PLC0415
    return croniter


def run(settings, machines):
    """Runs until it is terminated, which ends a restore test in order."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    metrics = Metrics(machines.backup.folder / "restore-test.json")
    Thread(target=ThreadingHTTPServer((machines.backup.address, METRICS_PORT), handler(metrics)).serve_forever, daemon=True).start()
    require_valid(settings.backup_interval)
    failures = 0
    created = False
    while True:
        try:
            if not created:
                backups.create_repository(machines)
                created = True
            known = backups.existing(machines)
            due = next_time(settings.backup_interval, known[-1]["completed"]) if known else now()
            if due <= now():
                back_up(machines, known)
                known = backups.existing(machines)
            metrics.show(known)
            test_restore(settings, machines, known, metrics)
            failures = 0
            time.sleep(POLL)
        except (Failure, OSError) as failure:
            failures += 1
            metrics.failures += 1
            pause = min(SHORTEST_RETRY * 2 ** (failures - 1), LONGEST_RETRY)
            say(f"A backup or its test has failed; the next attempt is in {pause} s: {failure}")
            time.sleep(pause)


def back_up(machines, known):
    """A backup is full once a day, and differential otherwise."""
    full = [backup for backup in known if backup["type"] == "full"]
    kind = "diff" if full and now() - full[-1]["completed"] < FULL_EVERY else "full"
    backups.back_up(machines, kind)
    say(f"A backup is complete ({kind})")


def test_restore(settings, machines, known, metrics):
    """Restores the newest full backup for a test, unless that has succeeded already."""
    label = [backup["label"] for backup in known if backup["type"] == "full"][-1]
    if metrics.tested_backup() != label:
        metrics.keep_restore_test(0)
        tables = restore_test.run(settings, machines)
        metrics.keep_restore_test(1, label)
        say(f"The backup can be restored: the checksums of {tables} tables are those of a replica")


def now():
    return datetime.now(timezone.utc)


def say(text):
    print(now().isoformat(timespec="seconds"), text, flush=True)


class Metrics:
    """What Prometheus reads. Values of which nothing is known are absent. The result of the last restore test is kept in a file."""

    def __init__(self, file):
        self.backups = []
        self.failures = 0
        self._file = file

    def tested_backup(self):
        """The label of the last backup that could be restored, or None."""
        return self._restore_test().get("label")

    def keep_restore_test(self, succeeded, label=None):
        """Success has a time and the label of the backup, which stay as they were if a test fails afterwards."""
        kept = {**self._restore_test(), "succeeded": succeeded, **({"completed": time.time(), "label": label} if succeeded else {})}
        files.write(self._file, json.dumps(kept))

    def _restore_test(self):
        return json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}

    def show(self, known):
        self.backups = known

    def text(self):
        restore_test = self._restore_test()
        newest = self.backups[-1] if self.backups else None
        values = {
            "database_backup_completed_timestamp_seconds": newest and newest["completed"].timestamp(),
            "database_backup_duration_seconds": newest and newest["seconds"],
            "database_backups": len(self.backups),
            "database_backup_failures_total": self.failures,
            "database_restore_test_completed_timestamp_seconds": restore_test.get("completed"),
            "database_restore_test_succeeded": restore_test.get("succeeded")}
        return "".join(f"{name} {value}\n" for name, value in values.items() if value is not None)


def handler(metrics):
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):  # noqa: N802 - the name is that of the library
            body = metrics.text().encode()
            self.send_response(200 if self.path == "/metrics" else 404)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """A scrape is not worth a line."""

    return Handler
