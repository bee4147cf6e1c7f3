"""A server in the place of an instance of the catalogue: instance.py NUMBER PORT. Its standard input says how it responds from now on, one
line each: `healthy`, `slow MILLISECONDS`, `stall`, `reset`, `garbage`, `endless-headers` or `surplus`. It ends with its standard input.

It processes eight requests at the same time, the others wait, as in a service with a pool of connections to its database. Health checks
do not wait, and succeed as long as the process runs.
"""

import asyncio
import itertools
import json
import socket
import struct
import sys

WORKERS = 8
HEALTHY_MILLISECONDS = 5
ROWS = 200
LONG_ROWS = 1_000_000  # 18 MB
ROWS_IN_CHUNK = {ROWS: 50, LONG_ROWS: 1000}


class Instance:
    def __init__(self, number):
        self.body = json.dumps({"instance": number}).encode()
        self.workers = asyncio.Semaphore(WORKERS)
        self.behaviour = "healthy"
        self.milliseconds = HEALTHY_MILLISECONDS

    def behave(self, line):
        self.behaviour, _, milliseconds = line.partition(" ")
        self.milliseconds = float(milliseconds or HEALTHY_MILLISECONDS)

    async def serve(self, reader, writer):
        """Responds to the requests of one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await self.skip_body(head.lower(), reader)
                await self.respond(head.split(b" ", 2)[1].decode(), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    @staticmethod
    async def skip_body(head, reader):
        if b"content-length:" in head:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        elif b"transfer-encoding:" in head:
            await reader.readuntil(b"0\r\n\r\n")

    async def respond(self, target, writer):
        if target == "/ping":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong")
        elif target == "/api/changes":
            writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        else:
            async with self.workers:
                await asyncio.sleep(self.milliseconds / 1000)
            parts = self.response(target)
            await getattr(self, self.behaviour.replace("-", "_"), self.send)(parts, writer)
        await writer.drain()

    def response(self, target):
        """The parts of a response: the headers and, in several parts, the body."""
        path, _, query = target.partition("?")
        if path not in ("/api/movie", "/api/session") or "limit=" not in query:
            return [b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(self.body), self.body]
        rows = LONG_ROWS if path == "/api/session" else ROWS
        chunk = (self.body + b"\n") * ROWS_IN_CHUNK[rows]
        chunks = itertools.repeat(b"%x\r\n%s\r\n" % (len(chunk), chunk), rows // ROWS_IN_CHUNK[rows])
        return itertools.chain(
            [b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"], chunks, [b"0\r\n\r\n"])

    async def send(self, parts, writer):
        for part in parts:
            writer.write(part)
            await writer.drain()

    @staticmethod
    def send_half(parts, writer):
        headers, body, *_ = parts
        writer.write(headers + body[:len(body) // 2])

    async def stall(self, parts, writer):
        self.send_half(parts, writer)
        await asyncio.sleep(3600)

    async def reset(self, parts, writer):
        self.send_half(parts, writer)
        await asyncio.sleep(0.02)  # so that the half is received before the reset
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        raise ConnectionError

    async def garbage(self, _, writer):
        writer.write(bytes(range(256)) * 16)
        await writer.drain()
        raise ConnectionError

    async def endless_headers(self, _, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            writer.write(b"X-%d: %s\r\n" % (number, b"x" * 1000))
            await writer.drain()

    async def surplus(self, parts, writer):
        """Sends a second response, which nobody has requested."""
        parts = list(parts)
        await self.send(parts + parts, writer)


async def main(number, port):
    instance = Instance(number)
    await asyncio.start_server(instance.serve, "127.0.0.1", port, backlog=1000)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        instance.behave(line.decode().strip())


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
