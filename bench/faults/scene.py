"""The gateway with everything around it, and what can be done to it."""

import asyncio
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import programs
from alerts import firing
from http_client import free_port_pairs, is_ok
from load import Load
from observation import Observation
from operators import Watch, changes, resident_mib, scrape
from process import Failure, await_until
from services import start_service

HERE = Path(__file__).resolve().parent
MEMORY_MIB = 1664  # of the gateway's container, that of the smallest node
BEFORE, AFTER, WARM_UP = 5, 8, 30  # seconds
SETTLE = 40  # seconds until everything is normal again


class Scene:
    """Three instances, a gateway, and Redis if it is needed. All end with the processes."""

    def __init__(self, processes, layout):
        self.processes = processes
        self.layout = layout
        (self.port, self.operators), (self.tls_port, self.redis_port), *pairs = free_port_pairs(4)
        self.ports = [port for pair in pairs for port in pair][:3]
        self.instances = [None, None, None]
        self.redis = self.attacker = None
        self.certificate, self.key = processes.folder / "certificate.pem", processes.folder / "key.pem"
        for number in range(3):
            self.start(number)

    def start_gateway(self, **settings):
        self.gateway = start_service(self.processes, "gateway", self.layout, MEMORY_MIB, (self.port, self.operators), {
            "KINOTEKA_GATEWAY_ACCESSLOG_ENABLED": "true",
            "KINOTEKA_GATEWAY_CACHE_ENABLED": "false",  # so that each request reaches an instance
            "KINOTEKA_GATEWAY_CONNECTIONS_UNLIMITEDNETWORKS": "198.18.0.0/15",  # so that the limits apply to this machine
            "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL": secrets.token_hex(32),
            "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE": ",".join(f"http://127.0.0.1:{port}" for port in self.ports),
            **settings})

    def stop_gateway(self):
        self.gateway.stop()
        self.processes.running.remove(self.gateway)

    # Instances

    def start(self, number):
        self.instances[number] = self.processes.start(
            f"instance-{number}", [sys.executable, "-B", HERE / "instance.py", number, self.ports[number]], stdin=subprocess.PIPE)
        await_until(lambda: is_ok(self.ports[number], "/ping"), f"instance {number} does not respond", self.instances[number])

    def kill(self, number):
        self.kill_process(self.instances[number])

    def kill_process(self, process):
        process.child.kill()
        process.child.wait()
        self.processes.running.remove(process)

    def tell(self, number, behaviour):
        self.instances[number].child.stdin.write(behaviour.encode() + b"\n")
        self.instances[number].child.stdin.flush()

    def pause(self, number):
        os.kill(self.instances[number].child.pid, signal.SIGSTOP)

    def resume(self, number):
        os.kill(self.instances[number].child.pid, signal.SIGCONT)

    # What is around the gateway

    def start_redis(self):
        self.redis = self.processes.start("redis", [
            "redis-server", "--port", self.redis_port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        await_until(lambda: is_listening(self.redis_port), "Redis does not listen", self.redis)

    def kill_redis(self):
        self.kill_process(self.redis)

    def pause_redis(self):
        os.kill(self.redis.child.pid, signal.SIGSTOP)

    def resume_redis(self):
        os.kill(self.redis.child.pid, signal.SIGCONT)

    def replace_certificate(self):
        """Makes a self-signed certificate, and moves the key and the certificate to their places, one after the other."""
        new = self.processes.folder / "new"
        programs.output("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-keyout", f"{new}.key", "-out", f"{new}.pem")
        Path(f"{new}.key").replace(self.key)
        Path(f"{new}.pem").replace(self.certificate)

    def attack(self, name, seconds):
        self.attacker = self.processes.start(
            "attacker", [sys.executable, "-B", HERE / "attacks.py", name, self.port, seconds])

    def end_attack(self):
        """Ends when the attack has ended by itself. What the attackers received is kept."""
        self.attackers = self.processes.await_end(self.attacker, 60).splitlines()[-1]

    # Observation

    async def run(self, fault, load):
        """Observes clients and operators before, during and after a fault."""
        watch = Watch(self.operators)
        await self.settle(load, watch)
        self.attackers = ""
        memory = resident_mib(self.gateway.child.pid)
        first = time.monotonic()
        await asyncio.sleep(BEFORE)
        pages = [self.scrape()]
        begun = time.monotonic()
        try:
            async with watch:
                await asyncio.to_thread(fault.begin, self)
                await asyncio.sleep(begun + fault.seconds / 2 - time.monotonic())
                pages.append(await asyncio.to_thread(self.scrape))
                await asyncio.sleep(begun + fault.seconds - time.monotonic())
                pages.append(await asyncio.to_thread(self.scrape))
        finally:
            memory = memory, resident_mib(self.gateway.child.pid)
            await asyncio.to_thread(fault.end, self)
        ended = time.monotonic()
        await asyncio.sleep(AFTER)
        last = time.monotonic()
        is_normal_again = await asyncio.to_thread(watch.is_normal)
        await load.await_open()
        await asyncio.sleep(0.5)  # a request is counted a moment after its response
        pages.append(await asyncio.to_thread(self.scrape))
        load.require_running()
        self.gateway.require_running()
        return Observation(
            begun, ended, load.sent(first, begun), load.sent(begun, ended), load.sent(ended, last), changes(pages[0], pages[-1]),
            watch.seen, is_normal_again, watch.lowest_limit, memory,
            firing(pages[1], pages[2], fault.seconds / 2, fault.scraped, self.processes.folder), self.attackers)

    def scrape(self):
        return scrape(self.operators)

    async def settle(self, load, watch):
        """Waits until the state is normal and the latest requests were served normally."""
        deadline = time.monotonic() + SETTLE
        while True:
            await asyncio.sleep(1)
            load.require_running()
            now = time.monotonic()
            latest = load.sent(now - 3, now - 0.5)
            if watch.is_normal() and latest and sum(not result.is_good for result in latest) <= len(latest) / 100:
                return
            if now > deadline:
                raise Failure(f"clients are not served normally within {SETTLE} s after the last fault")


def is_listening(port):
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def trusting_all():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
