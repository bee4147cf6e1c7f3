"""What ends a command with one line on standard error and exit status 1."""


class Failure(Exception):
    """Says in one sentence what is wrong, and what is expected instead."""
