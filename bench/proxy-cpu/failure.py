class Failure(Exception):
    """Why the measurement cannot run or is not valid, for the person who started it."""
