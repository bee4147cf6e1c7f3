"""Calls of the API of Yandex Cloud, as Terraform's provider makes them: what it retries is retried here, too.

The token is in YC_TOKEN. KINOTEKA_API is the address of all services in tests. KINOTEKA_PAUSE is the first pause before a retry, and
KINOTEKA_TIMEOUT the time after which a program gives up, both in seconds.
"""

import functools
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

FIRST_PAUSE = float(os.environ.get("KINOTEKA_PAUSE", "2"))
LONGEST_PAUSE = 30
TIMEOUT = float(os.environ.get("KINOTEKA_TIMEOUT", "1800"))
RESPONSE_TIMEOUT = 30

# A resource rejects a change during another one. Both spellings are the API's.
CONFLICT = re.compile(r'[Cc]onflicting operation "?([^"\s]+)"? detected')
TRANSIENT = {408, 429, 500, 502, 503, 504}


class ApiError(Exception):
    """The API has rejected a call, or did not respond in time."""


class Retry(Exception):
    """The call may succeed later."""


def url(service, path, /, **parameters):
    base = os.environ.get("KINOTEKA_API") or f"https://{service}.api.cloud.yandex.net"
    return f"{base}{path}?{urllib.parse.urlencode(parameters)}" if parameters else f"{base}{path}"


def call(method, address, body=None):
    """Returns the response of a call. Retries it while the resource has another operation, or the API is not available."""
    end, pause = time.monotonic() + TIMEOUT, FIRST_PAUSE
    while True:
        try:
            return attempt(method, address, body)
        except Retry as reason:
            if time.monotonic() + pause > end:
                raise ApiError(f"{method} {address}: gave up after {TIMEOUT:.0f} s: {reason}") from None
            print(f"{method} {address}: {reason}; next attempt in {pause:g} s", file=sys.stderr, flush=True)
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def attempt(method, address, body):
    request = urllib.request.Request(
        address,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['YC_TOKEN']}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=RESPONSE_TIMEOUT) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")
        message = message_of(text)
        if error.code in TRANSIENT or CONFLICT.search(message):
            raise Retry(f"{error.code}: {message}") from None
        raise ApiError(f"{method} {address}: {error.code}: {message}") from None
    except (OSError, ValueError) as error:  # no connection, a timeout, or a response that is cut off
        raise Retry(str(error)) from None


def message_of(text):
    try:
        return json.loads(text)["message"]
    except (ValueError, KeyError, TypeError):
        return text[:300]


def change(method, address, body=None):
    """Starts an operation and waits until it has ended. Returns its response."""
    operation = call(method, address, body)
    end = time.monotonic() + TIMEOUT
    while not operation.get("done"):
        if time.monotonic() > end:
            raise ApiError(f"{method} {address}: operation {operation['id']} has not ended after {TIMEOUT:.0f} s")
        time.sleep(FIRST_PAUSE)
        operation = call("GET", url("operation", f"/operations/{operation['id']}"))
    if "error" in operation:
        raise ApiError(f"{method} {address}: {operation['error'].get('message', operation['error'])}")
    return operation.get("response", {})


def items(service, path, key, /, **parameters):
    """Yields the items of a list, page by page."""
    token = ""
    while True:
        page = call("GET", url(service, path, **parameters, pageSize=1000, pageToken=token))
        yield from page.get(key, [])
        token = page.get("nextPageToken", "")
        if not token:
            return


def program(usage, arguments=0, variables=()):
    """Makes a function the main program: checks its arguments and variables, and ends with one line if the API rejects a call."""

    def decorate(main):
        @functools.wraps(main)
        def run():
            missing = [name for name in ("YC_TOKEN", *variables) if not os.environ.get(name)]
            if len(sys.argv) != 1 + arguments or missing:
                sys.exit((f"missing in the environment: {', '.join(missing)}\n" if missing else "") + usage.strip())
            try:
                return main(*sys.argv[1:], *(os.environ[name] for name in variables))
            except ApiError as error:
                sys.exit(str(error))

        return run

    return decorate
