"""Waits with a limit."""

import time

from .failure import Failure


def await_until(condition, failure, timeout=120):
    """Waits for a condition, at most these seconds; then it is a failure, which says in which log to look."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(f"After {timeout} s {failure}")
        time.sleep(0.3)
