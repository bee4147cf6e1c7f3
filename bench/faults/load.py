"""Honest clients: requests at a fixed rate, whatever becomes of those before, and what their clients saw."""

import asyncio
import collections
import itertools
import re
import time
from dataclasses import dataclass

from http_client import read_response
from process import Failure

RATE = 200  # requests per second
PATIENCE = 20  # seconds
MOST_OPEN = 4000
CLIENTS = 32  # addresses, so that none of them meets a limit on the requests of one client
GOOD_MILLISECONDS = 250
KEPT_IDLE = 16  # connections; the one that has been idle for longest is used next

READ, LIST, WRITE = "read", "list", "write"
TURN = [READ, LIST, READ, READ, WRITE, READ, READ, READ]


@dataclass(frozen=True, slots=True)
class Result:
    """
    What became of a request. The status is 0 if there was no complete response; `problem` says why it was not 200. Times are in seconds,
    on the monotonic clock.
    """

    sent: float
    took: float
    kind: str
    status: int
    problem: str
    instance: str
    retry_after: bool
    certificate: bytes | None

    @property
    def is_good(self):
        return self.status == 200 and self.took * 1000 <= GOOD_MILLISECONDS


class Load:
    """Sends requests from the start until the end of a context. Connections are kept alive, and all are used in turn."""

    def __init__(self, port, tls=None, rate=RATE):
        self.port = port
        self.tls = tls
        self.rate = rate
        self.results = []
        self.idle = collections.deque()
        self.open = set()
        self.addresses = itertools.cycle(f"127.1.0.{number}" for number in range(1, CLIENTS + 1))

    async def __aenter__(self):
        self.sending = asyncio.create_task(self.send())
        return self

    async def __aexit__(self, *_):
        self.sending.cancel()
        for request in self.open:
            request.cancel()
        await asyncio.gather(self.sending, *self.open, return_exceptions=True)
        for _, writer in self.idle:
            writer.close()

    async def send(self):
        begun = time.monotonic()
        for number in itertools.count():
            await asyncio.sleep(begun + number / self.rate - time.monotonic())
            request = asyncio.create_task(self.request(TURN[number % len(TURN)], number))
            self.open.add(request)
            request.add_done_callback(self.open.discard)

    def require_running(self):
        if self.sending.done():
            self.sending.result()
        if len(self.open) > MOST_OPEN:
            raise Failure(f"{len(self.open)} requests are open (expected: at most {MOST_OPEN})")

    async def await_open(self):
        """Waits until every request that was sent before has its result."""
        await asyncio.gather(*self.open)

    def sent(self, since, until):
        """The results of the requests that were sent in this time."""
        return sorted((result for result in self.results if since <= result.sent < until), key=lambda result: result.sent)

    async def request(self, kind, number):
        sent = time.monotonic()
        status, problem, body, retry_after, certificate, connection = 0, "", "", False, None, None
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await self.connection(number)
                if self.tls:
                    certificate = connection[1].get_extra_info("ssl_object").getpeercert(binary_form=True)
                connection[1].write(request_text(kind, number))
                head, body = await read_response(connection[0])
            status = int(head.split(" ", 2)[1])
            retry_after = "\r\nretry-after:" in head
            found = re.search(r"/problems/([a-z-]+)", body)
            problem = found[1] if found else ""
            if "\r\nconnection: close" not in head:
                self.idle.append(connection)
                connection = None
        except TimeoutError:
            problem = f"no response within {PATIENCE} s"
        except asyncio.IncompleteReadError:
            problem = "closed before the end of the response"
        except OSError as error:
            problem = type(error).__name__
        finally:
            if connection:
                connection[1].close()
        found = re.search(r'"instance": (\d+)', body)
        self.results.append(Result(
            sent, time.monotonic() - sent, kind, status, problem, found[1] if found else "", retry_after, certificate))

    async def connection(self, number):
        """An idle connection, or a new one. Every fourth one over TLS is new, so that handshakes are a part of the load."""
        if self.tls and number % 4 == 0 and self.idle:
            self.idle.popleft()[1].close()
        elif len(self.idle) > KEPT_IDLE:
            return self.idle.popleft()
        return await self.connect()

    async def connect(self):
        return await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(next(self.addresses), 0), ssl=self.tls, server_hostname="localhost" if self.tls else None)


def request_text(kind, number):
    if kind == WRITE:
        return b"POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    path = f"/api/movie/{number}" if kind == READ else "/api/movie?limit=200"
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def percentile(results, share):
    """The duration in milliseconds that this share of the requests did not exceed; of all requests, whatever their status."""
    took = sorted(result.took for result in results)
    return took[min(len(took) - 1, int(len(took) * share))] * 1000 if took else 0.0
