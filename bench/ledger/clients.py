"""Clients: writers, which read what they have written, and readers, which read what others have written."""

import asyncio
import itertools
import random
import re
from dataclasses import dataclass

from api import Api, Lost
from ledger import LISTS, READS, WRITES, Write

PAUSE = 0.05  # seconds between two requests of a client
RETRY_PAUSE = 0.2
READER_PAUSE = 0.05
UNKNOWN = {408, 429, 500, 502, 503, 504}  # the request may have been executed, or never was
TURNS_PER_REVISION = 4
FRESH = {"Cache_Control": "no-cache"}  # so that the response does not come from the gateway's memory


class Wrong(Exception):
    """A response that no fault of the database explains."""


@dataclass(frozen=True)
class Customer:
    """An account of the sample data, and its token."""

    id: int
    token: str


class Clients:
    """Runs writers and readers until it is stopped. A write whose outcome is unknown is repeated with its key until the outcome is known."""

    def __init__(self, period, plans):
        self.period = period
        self.stopping = False
        self._writers = [Writer(self, plan) for plan in plans]
        self._readers = [Reader(self, self._writers, random.Random(number)) for number in range(2)]

    def start(self):
        self._tasks = [asyncio.create_task(client.run()) for client in (*self._writers, *self._readers)]

    def require_running(self):
        for task in self._tasks:
            if task.done():
                task.result()

    async def stop(self, timeout):
        """Writes that are under way are repeated for at most this time. Those whose outcome is unknown then stay unacknowledged."""
        self.stopping = True
        _, unfinished = await asyncio.wait(self._tasks, timeout=timeout)
        for task in unfinished:
            task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        for client in (*self._writers, *self._readers):
            client.close()
        return len(unfinished)


class Client:
    """What writers and readers share."""

    def __init__(self, clients):
        self.clients = clients
        self.period = clients.period
        self.ledger = clients.period.ledger

    async def try_call(self, api, kind, *request, **headers):
        """A response that says what became of the request, or None. A failure is entered into the ledger."""
        try:
            response = await api.call(*request, **headers)
        except Lost as lost:
            self.period.fail(kind, str(lost))
            return None
        if response.status in UNKNOWN:
            self.period.fail(kind, response.problem())
            return None
        return response

    async def insist(self, api, kind, *request, **headers):
        """Repeats a request until it has a response that says what became of it. Only a read is given up when the clients stop."""
        while True:
            response = await self.try_call(api, kind, *request, **headers)
            if response or self.clients.stopping and kind != WRITES:
                return response
            await asyncio.sleep(RETRY_PAUSE)


class Writer(Client):
    """Writes as one customer after the other; in turn, it starts viewing sessions and changes its account."""

    def __init__(self, clients, plan):
        super().__init__(clients)
        self._plan = plan
        self._apis = {}
        self.customer = plan.customer
        self._tags = {}

    async def run(self):
        await self._read_account()
        turn = 0
        while not self.clients.stopping:
            await self._start_session()
            turn += 1
            if turn % TURNS_PER_REVISION == 0:
                await self._revise_account()
            await asyncio.sleep(PAUSE)

    def close(self):
        for api in self._apis.values():
            api.close()

    @property
    def _api(self):
        return self._apis.setdefault(self.customer.id, Api(self.customer.token))

    async def _start_session(self):
        writer, movie = self._plan.next()
        if writer != self.customer:
            self.customer = writer
            await self._read_account()
        write = Write(self._plan.key(), writer.id, movie)
        self.ledger.attempt(write)
        response = await self.insist(
            self._api, WRITES, "POST", "/api/session", {"customer_id": write.customer, "movie_id": movie}, Idempotency_Key=write.key)
        if response.status != 201:
            raise Wrong(f"POST /api/session: {response.status} {response.text}")
        session = response.json()["id"]
        self.ledger.acknowledge(write, session)
        self.period.succeed(WRITES, f"session {session}: customer {write.customer}, film {movie}")
        # The second one may come from the gateway's memory, the third one from a replica.
        await self._must_show(READS, f"/api/session/{session}", session, **FRESH)
        await self._must_show(READS, f"/api/session/{session}", session)
        await self._must_show(LISTS, f"/api/session?customer_id={writer.id}&movie_id={movie}", session)

    async def _must_show(self, kind, path, session, **headers):
        response = await self.insist(self._api, kind, "GET", path, **headers)
        if response is None:
            return
        found = response.json() if response.status == 200 else []
        if session not in [one["id"] for one in (found if isinstance(found, list) else [found])]:
            self.period.report_stale(f"GET {path}: {response.status} without session {session}, which the same client had created")
        self.period.succeed(kind)

    async def _read_account(self):
        """Learns the revision and the entity tag of the account."""
        response = await self.insist(self._api, READS, "GET", f"/api/customer/{self.customer.id}")
        if response is None:
            return None
        if response.status != 200:
            raise Wrong(f"GET /api/customer/{self.customer.id}: {response.status} {response.text}")
        self.period.succeed(READS)
        revision = revision_of(response)
        known = self.ledger.revisions.get(self.customer.id, 0)
        if revision < known:
            self.period.report_stale(f"GET /api/customer/{self.customer.id}: revision {revision} after {known}, which the same client had written")
        self._tags[self.customer.id] = response.headers["etag"], revision
        return revision

    async def _revise_account(self):
        """If-Match keeps a delayed request from replacing a later revision. After 412 the account says whether it was this one."""
        customer = self.customer.id
        wanted = self.ledger.revisions.get(customer, self._tags[customer][1]) + 1
        while True:
            response = await self.insist(
                self._api, WRITES, "PATCH", f"/api/customer/{customer}", {"bio": f"revision {wanted}"}, If_Match=self._tags[customer][0])
            if response.status == 200:
                self._tags[customer] = response.headers["etag"], wanted
                break
            if response.status != 412:
                raise Wrong(f"PATCH /api/customer/{customer}: {response.status} {response.text}")
            revision = await self._read_account()
            if revision is None:
                return
            if revision == wanted:
                break
        self.ledger.acknowledge_revision(customer, wanted)
        self.period.succeed(WRITES, f"customer {customer}: revision {wanted}")
        await self._read_account()


class Reader(Client):
    """Reads accounts and sessions of all writers, and lists, without a token."""

    def __init__(self, clients, writers, choice):
        super().__init__(clients)
        self._writers = writers
        self._choice = choice
        self._api = Api()
        self._lists = itertools.count(choice.randrange(1000))

    async def run(self):
        while not self.clients.stopping:
            for read in (self._read_account, self._read_session, self._read_list):
                await read()
                await asyncio.sleep(READER_PAUSE)

    def close(self):
        self._api.close()

    async def _read_account(self):
        customer = self._choice.choice(self._writers).customer.id
        known = self.ledger.revisions.get(customer, 0)
        response = await self.try_call(self._api, READS, "GET", f"/api/customer/{customer}", **self._choice.choice(({}, FRESH)))
        if response is None:
            return
        if response.status != 200 or revision_of(response) < known:
            self.period.report_stale(f"GET /api/customer/{customer}: {response.status} {revision_of(response)} after {known} was acknowledged")
        self.period.succeed(READS)

    async def _read_session(self):
        if not self.ledger.recent:
            return
        session = self._choice.choice(self.ledger.recent)
        response = await self.try_call(self._api, READS, "GET", f"/api/session/{session}", **FRESH)
        if response is None:
            return
        if response.status != 200:
            self.period.report_stale(f"GET /api/session/{session}: {response.status} after it was acknowledged")
        self.period.succeed(READS)

    async def _read_list(self):
        """A list that was not requested before, so that it does not come from memory, without a demand for the latest state."""
        response = await self.try_call(self._api, LISTS, "GET", f"/api/session?limit=100&customer_id={next(self._lists) * 7 % 15_000 + 1}")
        if response is None:
            return
        if response.status != 200:
            raise Wrong(f"GET /api/session: {response.status} {response.text}")
        self.period.succeed(LISTS)


def revision_of(response):
    found = re.search(r'"bio":"revision (\d+)"', response.text)
    return int(found[1]) if found else 0
