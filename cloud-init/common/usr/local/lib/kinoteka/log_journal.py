"""The journal of this machine, as records in their order."""

import os
import select
import subprocess
import sys
import time

import log_entries

WAIT_SECONDS = 2  # for more records after the first
ONE_READ = 1024 * 1024


class Journal:
    """Follows the journal after a cursor, or from the beginning of this boot. More than is read waits on disk."""

    def __init__(self, after):
        begin = ["--after-cursor", after] if after else ["--boot"]
        fields = "--output-fields=" + ",".join(log_entries.FIELDS)
        # Without --all, a field of more than 4,096 bytes is null.
        command = ["journalctl", "--follow", "--lines=all", "--all", "--output=json", fields, *begin]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.lines, self.rest = [], b""

    def read(self, most):
        """At least one line with a record, and those that come soon after it, at most as many as one request may have."""
        self.receive(None)
        end = time.monotonic() + WAIT_SECONDS
        while len(self.lines) < most and (left := end - time.monotonic()) > 0:
            if not self.receive(left):
                break
        lines, self.lines = self.lines[:most], self.lines[most:]
        return lines

    def receive(self, wait):
        """Whether there is a line that has not been read; without a limit, waits for one."""
        pipe = self.process.stdout.fileno()
        before = len(self.lines)
        while not self.lines or (wait is not None and len(self.lines) == before):
            if not select.select([pipe], [], [], wait)[0]:
                return False
            received = os.read(pipe, ONE_READ)
            if not received:
                sys.exit("the journal ended")
            *complete, self.rest = (self.rest + received).split(b"\n")
            self.lines += complete
        return True
