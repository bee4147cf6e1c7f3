"""The stream of changes is cut while films are changed through the API and by SQL: CacheCoherenceIT with real services, as a row of the table."""

import os
import re

from programs import ROOT, jdk, run
from process import Failure

NAME = "the stream of changes is cut five times, and hangs for 8 s, while writers go on through the API and by SQL (`CacheCoherenceIT`)"
TEST = "CacheCoherenceIT"
OUTPUT = ROOT / f"quickstart/target/failsafe-reports/kinoteka.quickstart.{TEST}-output.txt"
MAVEN_OPTS = "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"


def row():
    """Runs the test, which fails if a response is older than what was acknowledged, and returns what it has printed as a row."""
    OUTPUT.unlink(missing_ok=True)
    status, built = run(
        "mvn", "-B", "-ntp", "-q", "-Dstyle.color=never", "-pl", "quickstart", "-am", "verify", "-Dspotless.check.skip",
        "-Dtest=NoneAtAll", "-Dsurefire.failIfNoSpecifiedTests=false", f"-Dit.test={TEST}", "-Dfailsafe.failIfNoSpecifiedTests=false",
        cwd=ROOT, env={**os.environ, "JAVA_HOME": str(jdk()), "MAVEN_OPTS": MAVEN_OPTS})
    printed = OUTPUT.read_text() if OUTPUT.exists() else ""
    found = re.search(
        r"Changed through the API in (\d+) writes: (.*?)\. Changed by SQL: (.*?)\. (Responses from memory: \d+)\. (Failed reads: \d+)\."
        r" Streams opened: (\d+), resets: (\d+)", printed)
    if status or not found:
        raise Failure(f"{TEST}: {(built + printed)[-2000:]}")
    writes, of_api, of_sql, hits, failed, streams, resets = found.groups()
    longest = re.search(r"for (\d+) ms", of_sql)[1]
    return (f"| {NAME} | {writes} writes through the API: {of_api}; by SQL: {of_sql}. {hits}, {failed.lower()}"
            f" | `cache_stream_connects_total` {streams}; `cache_resets_total` {resets}; `cache_caught_up` 0 while it is lost"
            f" | writes through the API: visible at once; by SQL: visible after {longest} ms at most |")
