"""A steady load of HTTP requests: half over connections that are kept alive, half over a new connection each."""

import asyncio
import itertools
import json
import time

TIMEOUT_SECONDS = 20
KEPT_CONNECTIONS = 5
REQUESTS_PER_REGISTRATION = 50  # the gateway limits them to one in two seconds


class Load:
    """Sends requests at a fixed rate, whether or not the earlier ones have completed. No request is repeated."""

    def __init__(self, port, rate):
        self.port = port
        self.rate = rate
        self.numbers = itertools.count(time.time_ns() % 1_000_000_000)
        self.idle = []  # connections that are kept alive and not in use
        self.requests = 0
        self.failures = []
        self.stopped = False

    def stop(self):
        self.stopped = True

    def take(self):
        """The number of requests and the failures since the last call."""
        taken = self.requests, self.failures
        self.requests, self.failures = 0, []
        return taken

    async def run(self):
        begin, sent, open_requests = time.monotonic(), 0, set()
        while not self.stopped:
            for keep_alive in (True, False):
                request = asyncio.create_task(self.send(keep_alive))
                open_requests.add(request)
                request.add_done_callback(open_requests.discard)
            sent += 1
            await asyncio.sleep(max(0, begin + sent / self.rate - time.monotonic()))
        await asyncio.gather(*open_requests)
        for _, writer in self.idle:
            writer.close()

    async def send(self, keep_alive):
        number = next(self.numbers)
        request, expected = self.request(number, keep_alive)
        begin = time.monotonic()
        try:
            status = await asyncio.wait_for(self.exchange(request, keep_alive), TIMEOUT_SECONDS)
            if status != expected:
                self.fail(begin, f"status {status}", request)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            self.fail(begin, repr(error), request)
        self.requests += 1

    def fail(self, begin, what, request):
        now = time.monotonic()
        kind = "new connection" if b"Connection: close" in request else "kept connection"
        self.failures.append(f"{time.strftime('%H:%M:%S')} {request.split(b' HTTP')[0].decode()}, {kind}: {what} after {now - begin:.3f} s")

    @staticmethod
    def request(number, keep_alive):
        """A request that reads or writes rows, and the status that it must get."""
        connection = "keep-alive" if keep_alive else "close"
        headers = f"Host: localhost\r\nConnection: {connection}\r\n"
        if number % REQUESTS_PER_REGISTRATION == 0:
            account = {"username": f"viewer{number}", "email": f"viewer{number}@example.org", "password": f"secret {number:010}"}
            body = json.dumps(account | {"name": "A", "surname": "B", "birthday": "1990-01-01"})
            headers += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            return f"POST /api/customer HTTP/1.1\r\n{headers}\r\n{body}".encode(), 201
        target = f"/api/customer?limit={number % 97 + 1}" if number % 8 == 1 else "/db_dummy"
        return f"GET {target} HTTP/1.1\r\n{headers}\r\n".encode(), 200

    async def exchange(self, request, keep_alive):
        """The status of the response. A connection is used again only if the server permits it, as clients do."""
        reader, writer = (keep_alive and self.kept_connection()) or await self.connect()
        kept = False
        try:
            writer.write(request)
            headers = (await reader.readuntil(b"\r\n\r\n")).lower()
            await self.read_body(headers, reader)
            kept = keep_alive and b"connection: close" not in headers
            return int(headers.split(b" ", 2)[1])
        finally:
            if kept:
                self.idle.append((reader, writer))
            else:
                writer.close()

    def kept_connection(self):
        """The connection that has been idle for the longest time, if there are enough. Those that the server has closed are dropped."""
        for connection in [one for one in self.idle if one[0].at_eof()]:
            self.idle.remove(connection)
            connection[1].close()
        return self.idle.pop(0) if len(self.idle) >= KEPT_CONNECTIONS else None

    async def connect(self):
        return await asyncio.open_connection("127.0.0.1", self.port)

    @staticmethod
    async def read_body(headers, reader):
        if b"content-length:" in headers:
            await reader.readexactly(int(headers.split(b"content-length:")[1].split(b"\r\n")[0]))
        elif b"transfer-encoding: chunked" in headers:
            while (size := int((await reader.readline()).strip(), 16)) > 0:
                await reader.readexactly(size + 2)
            await reader.readline()
