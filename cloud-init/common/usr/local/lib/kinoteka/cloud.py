"""The requests of a machine to the APIs of Yandex Cloud, with the roles of its own service account.

Rehearsals set the addresses in the environment: KINOTEKA_METADATA, KINOTEKA_LOCKBOX, KINOTEKA_CERTIFICATES, KINOTEKA_COMPUTE,
KINOTEKA_LOGGING, KINOTEKA_MONITORING.
"""

import http.client
import json
import math
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE_SECONDS = 10
FIRST_PAUSE_SECONDS = float(os.environ.get("KINOTEKA_FIRST_PAUSE", "1"))
LONGEST_PAUSE_SECONDS = 60


def address(name, default):
    return os.environ.get("KINOTEKA_" + name, default)


METADATA = address("METADATA", "http://169.254.169.254")
LOCKBOX = address("LOCKBOX", "https://payload.lockbox.api.cloud.yandex.net")
CERTIFICATES = address("CERTIFICATES", "https://data.certificate-manager.api.cloud.yandex.net")
COMPUTE = address("COMPUTE", "https://compute.api.cloud.yandex.net")
LOGGING = address("LOGGING", "https://ingester.logging.yandexcloud.net")
MONITORING = address("MONITORING", "https://monitoring.api.cloud.yandex.net")


class NotYet(Exception):
    """Something that is required does not exist yet."""


class GivenUp(Exception):
    """An action has failed for as long as it may be retried."""


def patiently(what, action, limit_seconds=math.inf):
    """Repeats an action until it succeeds, with growing pauses, and logs each failure.

    Raises GivenUp instead of a pause that would end after the limit.
    """
    end = time.monotonic() + limit_seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return action()
        except (NotYet, OSError, ValueError, KeyError) as failure:
            if time.monotonic() + pause > end:
                raise GivenUp(f"{what}: {reason(failure)}") from failure
            say(f"{what}: {reason(failure)}; trying again in {pause:g} s")
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def reason(failure):
    if isinstance(failure, urllib.error.HTTPError):
        return f"{failure.url} answered {failure.code} {failure.reason}"
    if isinstance(failure, NotYet):
        return str(failure)
    return f"{type(failure).__name__}: {failure}"


def say(words):
    print(words, file=sys.stderr, flush=True)


def metadata(path):
    """An entry of the instance's metadata, as text."""
    request = urllib.request.Request(
        f"{METADATA}/computeMetadata/v1/instance/{path}", headers={"Metadata-Flavor": "Google"}
    )
    return fetch(request).decode()


def token():
    """An IAM token of the machine's service account, valid for hours."""
    return json.loads(metadata("service-accounts/default/token"))["access_token"]


def ask(url, body=None):
    """The JSON response to a GET, or to a POST if there is a body."""
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token()}", "Content-Type": "application/json"},
    )
    return json.loads(fetch(request))


def fetch(request):
    """The body of the response. A response that is no HTTP, or ends too early, is a failed connection, and thus an OSError, too."""
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return response.read()
    except http.client.HTTPException as failure:
        raise ConnectionError(f"{request.full_url}: {failure!r}") from failure


def beginning(failure):
    """The beginning of the body of an error, as text."""
    try:
        return failure.read(300).decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return ""


def write(path, text, mode=0o644, owner=None):
    """Replaces a file atomically. It never exists in part, nor with another mode."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if owner is not None:
        os.chown(new, owner, owner)
    new.replace(path)
