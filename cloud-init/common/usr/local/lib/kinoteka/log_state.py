"""How far the journal was sent, and how many of its records were and were not: one file, so that both agree after a crash."""

import json
import re
import time
from pathlib import Path

import cloud
import log_entries

REASONS = {
    "rejected": "Cloud Logging rejected them",
    "deleted": "the journal deleted them before they were sent",
    "suppressed": "their program wrote more than the journal accepts",
    "malformed": "journalctl printed them in another form",
}
REPORT_SECONDS = 60
CURSOR = re.compile(r"s=([0-9a-f]{32});i=([0-9a-f]+);")
COUNT = re.compile("[0-9]{1,9}")  # any program can write a field of the journal


class State:
    def __init__(self, folder, metrics):
        self.file, self.metrics = Path(folder, "state.json"), metrics
        try:
            self.restore(json.loads(self.file.read_text()) if self.file.exists() else {})
        except (ValueError, TypeError, AttributeError) as failure:
            cloud.say(f"logs: {self.file}: {cloud.reason(failure)}; starting with this boot")
            self.restore({})
        self.passed = self.cursor
        self.unreported = dict.fromkeys(REASONS, 0)
        self.next_report = dict.fromkeys(REASONS, 0.0)
        self.save()

    def restore(self, kept):
        self.cursor = kept.get("cursor")
        if self.cursor is not None and not CURSOR.match(self.cursor):
            raise ValueError(f"cursor: {self.cursor} (expected: one of the journal)")
        self.noted_at = float(kept.get("noted_at", time.time()))
        self.sent = int(kept.get("sent", 0))
        self.lost = {reason: int(kept.get("lost", {}).get(reason, 0)) for reason in REASONS}

    def count_gap(self, record):
        """Counts records that were deleted since the one before, and those that the journal has not accepted."""
        missing = numbers_between(self.passed, record["__CURSOR"])
        self.passed = record["__CURSOR"]
        if missing:
            self.lose("deleted", missing, "see SystemMaxUse in journald.conf")
        count = log_entries.text_of(record.get("N_DROPPED"))
        if COUNT.fullmatch(count) and int(count) > 0:
            self.lose("suppressed", int(count), log_entries.text_of(record.get("MESSAGE")))

    def lose(self, reason, records, detail):
        """Counts records that will not be sent. The log says so once a minute, because that line is sent, too."""
        self.lost[reason] += records
        self.unreported[reason] += records
        if time.monotonic() >= self.next_report[reason]:
            cloud.say(f"logs: lost {self.unreported[reason]} records, {REASONS[reason]}: {detail}")
            self.unreported[reason] = 0
            self.next_report[reason] = time.monotonic() + REPORT_SECONDS

    def advance(self, record):
        """Notes that everything up to this record was sent or counted."""
        self.cursor = record["__CURSOR"]
        self.noted_at = time.time()
        self.save()

    def save(self):
        kept = {"cursor": self.cursor, "noted_at": self.noted_at, "sent": self.sent, "lost": self.lost}
        cloud.write(self.file, json.dumps(kept))
        lost = "".join(f'logs_lost_total{{reason="{reason}"}} {records}\n' for reason, records in self.lost.items())
        cloud.write(
            self.metrics,
            "# HELP logs_sent_total Records of the journal that Cloud Logging has accepted.\n"
            f"# TYPE logs_sent_total counter\nlogs_sent_total {self.sent}\n"
            "# HELP logs_lost_total Records that will not be sent.\n"
            f"# TYPE logs_lost_total counter\n{lost}"
            "# HELP logs_position_timestamp_seconds When the position in the journal was last noted.\n"
            f"# TYPE logs_position_timestamp_seconds gauge\nlogs_position_timestamp_seconds {self.noted_at:.0f}\n",
        )


def numbers_between(before, after):
    """How many records were between two cursors: journald numbers its records, within one series (s=...)."""
    first, second = CURSOR.match(before or ""), CURSOR.match(after)
    if not first or not second or first[1] != second[1]:
        return 0
    return max(int(second[2], 16) - int(first[2], 16) - 1, 0)
