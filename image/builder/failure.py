"""Why no image can be built."""


class Failure(Exception):
    """The message is for the person who builds the image."""
