"""What the scripts of this folder have in common."""

import argparse
import os
import platform
import resource
import signal
import sys
import time

import programs
from load import THREADS
from process import Failure, cpu_seconds, machine_cpu_seconds
from services import java_options


def number(least, most):
    def parse(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} (expected: {least}..{most})")
        return int(text)
    return parse


def say(line):
    print(line, file=sys.stderr, flush=True)


def take_turns(participants, options, seconds):
    """Warms all participants up and lets them take turns. Returns the share of the machine's CPU that other programs have used."""
    for participant in participants:
        participant.prepare(options.warm_up)
        if participant.warm_up:
            say(f"  {participant.name}: {participant.warm_up}")
    machine, own, began = machine_cpu_seconds(), cpu_seconds(os.getpid()), time.monotonic()
    for participant in participants:
        participant.begin()
    for turn in range(1, options.rounds + 1):
        for participant in participants:
            participant.rounds.append(participant.measure(seconds))
            say(f"  round {turn}, {participant.name}: {describe(participant.rounds[-1])}")
    for participant in participants:
        participant.finish()
    others = machine_cpu_seconds() - machine - (cpu_seconds(os.getpid()) - own)
    return max(0.0, others / (os.cpu_count() * (time.monotonic() - began)))


def describe(measured):
    found = {
        "requests/s": measured.per_second, "ms p50": measured.p50, "ms p99": measured.p99, "µs proxy": measured.proxy_cpu,
        "s": measured.seconds}
    return ", ".join(f"{value:,.1f} {unit}" for unit, value in found.items() if value is not None)


def conditions(options, layout, seconds, others):
    """The sentence above a table."""
    return (
        f"Minimum / median / maximum of {options.rounds} rounds of {seconds} s (wrk {programs.debian_version('wrk')} -t{THREADS}"
        f" -c{options.connections}; Java {programs.java_version(layout)} {' '.join(java_options(options.memory))}; Linux"
        f" {platform.release()}, {os.cpu_count()} cores, {others:.0%} of them used by other programs)")


def run(main):
    """Runs a script, so that it ends its processes however it ends. Proxies and clients may open as many files as the system permits."""
    most_files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    for interruption in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, lambda received, _: sys.exit(128 + received))
    try:
        main()
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
