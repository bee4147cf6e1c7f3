"""Requests at a fixed rate, whatever becomes of those before."""

import asyncio
import random
import time
from dataclasses import dataclass

from costs import Costs
from http_client import read_response
from rounds import Round, percentile

PATIENCE = 20  # seconds


@dataclass(frozen=True)
class OpenLoop:
    """
    Sends so many requests per second, on each of the connections in turn. A request that has to wait for the one before it on its
    connection has waited for the server: durations begin at the time at which a request was due.
    """

    connections: int
    rate: float
    films: int
    mixed: bool = False  # every other request is for /db_dummy

    def run(self, peer, seconds):
        return asyncio.run(self.send(peer, seconds))

    async def send(self, peer, seconds):
        lanes = [Lane(peer) for _ in range(self.connections)]
        await asyncio.gather(*(lane.connect() for lane in lanes))
        costs = Costs(peer.process, peer.backend)
        begun = time.monotonic()
        requests = []
        for number in range(round(self.rate * seconds)):
            due = begun + number / self.rate
            await asyncio.sleep(max(0, due - time.monotonic()))
            requests.append(asyncio.create_task(lanes[number % len(lanes)].get(self.path(number), due)))
        results = await asyncio.gather(*requests)
        took = time.monotonic() - begun
        for lane in lanes:
            lane.close()
        return summarize(results, took, costs.per_request(len(results)))

    def path(self, number):
        return "/db_dummy" if self.mixed and number % 2 else f"/api/movie/{random.randint(1, self.films)}"


class Lane:
    """A connection, with one request at a time."""

    def __init__(self, peer):
        self.peer = peer
        self.turn = asyncio.Lock()
        self.writer = None

    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.peer.port)

    def close(self):
        if self.writer:
            self.writer.close()
            self.writer = None

    async def get(self, path, due):
        """Returns the milliseconds since a request was due, and whether the status was 200."""
        async with self.turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    if not self.writer:
                        await self.connect()
                    headers = "".join(f"{name}: {value}\r\n" for name, value in self.peer.headers.items())
                    self.writer.write(f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode())
                    head, _ = await read_response(self.reader)
                    is_good = head.split(" ", 2)[1] == "200"
                    if "\r\nconnection: close" in head:
                        self.close()
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                is_good = False
                self.close()
        return (time.monotonic() - due) * 1000, is_good


def summarize(results, seconds, costs):
    durations = sorted(duration for duration, _ in results)
    failed = sum(not is_good for _, is_good in results)
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p999": 0.999}
    return Round(
        requests=len(results), failed=failed, per_second=len(results) / seconds, failed_share=100 * failed / len(results),
        **{name: percentile(durations, share) for name, share in shares.items()}, **costs)
