"""Clients: writers, which read what they have written, and readers, which read what others have written."""

import asyncio
import itertools
import random
import re
from dataclasses import dataclass

from api import Api, Lost
from ledger import CACHED, LISTS, READS, WRITES, Write

PAUSE = 0.05  # seconds between two requests of a client
RETRY_PAUSE = 0.2
READERS = 6
CROWD, CROWD_SECONDS = 1000, 30
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
    """Runs clients until it is stopped. A write whose outcome is unknown is repeated with its key until the outcome is known."""

    def __init__(self, period):
        self.period = period
        self.stopping = False
        self._clients = []

    def start(self, clients):
        self._clients = clients
        self._tasks = [asyncio.create_task(client.run()) for client in clients]

    def require_running(self):
        for task in self._tasks:
            if task.done():
                task.result()

    def have_finished(self):
        return all(task.done() for task in self._tasks)

    async def stop(self, timeout):
        """Writes that are under way are repeated for at most this time. Returns how many still have an unknown outcome then."""
        self.stopping = True
        _, unfinished = await asyncio.wait(self._tasks, timeout=timeout)
        for task in unfinished:
            task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        for client in self._clients:
            client.close()
        return len(unfinished)


def continuous(clients, plans):
    """Writers that go on from write to write, and readers of what they write."""
    writers = [Writer(clients, plan) for plan in plans]
    return [*writers, *(Reader(clients, writers, number) for number in range(READERS))]


def crowd(clients, plans):
    """Many writers with one write each, at random moments."""
    moments = random.Random(CROWD)
    return [SingleWrite(clients, plan, moments.uniform(0, CROWD_SECONDS)) for plan, _ in zip(itertools.cycle(plans), range(CROWD))]


class Client:
    """What writers and readers share."""

    longest_retry_pause = RETRY_PAUSE  # seconds

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
        pause = RETRY_PAUSE
        while True:
            response = await self.try_call(api, kind, *request, **headers)
            if response or self.clients.stopping and kind != WRITES:
                return response
            await asyncio.sleep(pause)
            pause = min(2 * pause, self.longest_retry_pause) * random.uniform(0.9, 1)


    async def start_session(self, api, write):
        """Creates a session. Returns its id."""
        self.ledger.attempt(write)
        response = await self.insist(
            api, WRITES, "POST", "/api/session", {"customer_id": write.customer, "movie_id": write.movie}, Idempotency_Key=write.key)
        if response.status != 201:
            raise Wrong(f"POST /api/session: {response.status} {response.text}")
        session = response.json()["id"]
        self.ledger.acknowledge(write, session)
        self.period.succeed(WRITES, f"session {session}: customer {write.customer}, film {write.movie}")
        return session


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
            await self._write()
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

    async def _write(self):
        writer, movie = self._plan.next()
        if writer != self.customer:
            self.customer = writer
            await self._read_account()
        session = await self.start_session(self._api, Write(self._plan.key(), writer.id, movie))
        # The second one may come from the gateway's memory, the third one from a replica.
        await self._must_show(READS, f"/api/session/{session}", session, **FRESH)
        await self._must_show(CACHED, f"/api/session/{session}", session)
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


class SingleWrite(Client):
    """One write after a pause, repeated until its outcome is known. The pauses grow, because so many clients would overload a service that returns."""

    longest_retry_pause = 3

    def __init__(self, clients, plan, pause):
        super().__init__(clients)
        self._plan = plan
        self._pause = pause

    async def run(self):
        await asyncio.sleep(self._pause)
        customer, movie = self._plan.next()
        self._api = Api(customer.token)
        await self.start_session(self._api, Write(self._plan.key(), customer.id, movie))
        self._api.close()

    def close(self):
        """The connection is closed after the write."""


class Reader(Client):
    """Reads one kind of resource without a token, whoever has written it, so that a read that hangs does not hold up the other kinds."""

    def __init__(self, clients, writers, number):
        super().__init__(clients)
        self._writers = writers
        self._choice = random.Random(number)
        self._read = (self._read_account, self._read_session, self._read_list)[number % 3]
        self._api = Api()
        self._lists = itertools.count(self._choice.randrange(1000))

    async def run(self):
        while not self.clients.stopping:
            await self._read()
            await asyncio.sleep(PAUSE)

    def close(self):
        self._api.close()

    async def _read_account(self):
        customer = self._choice.choice(self._writers).customer.id
        known = self.ledger.revisions.get(customer, 0)
        kind, headers = self._choice.choice(((READS, FRESH), (CACHED, {})))
        response = await self.try_call(self._api, kind, "GET", f"/api/customer/{customer}", **headers)
        if response is None:
            return
        if response.status != 200 or revision_of(response) < known:
            self.period.report_stale(f"GET /api/customer/{customer}: {response.status} {revision_of(response)} after {known} was acknowledged")
        self.period.succeed(kind)

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
        """A list that was not requested before, so that it does not come from memory. It may lag."""
        response = await self.try_call(self._api, LISTS, "GET", f"/api/session?limit=100&customer_id={next(self._lists) * 7 % 15_000 + 1}")
        if response is None:
            return
        if response.status != 200:
            raise Wrong(f"GET /api/session: {response.status} {response.text}")
        self.period.succeed(LISTS)


def revision_of(response):
    found = re.search(r'"bio":"revision (\d+)"', response.text)
    return int(found[1]) if found else 0
