"""Samples of a profiler: which functions called which, and in which part of a program they were taken."""

import re
from collections import Counter

THREAD = re.compile(r"\[(.*?)(?:[-#]\d+)? tid=\d+\]")
# By the beginning of the name of a frame.
PARTS = {
    "Kinoteka": ("kinoteka/",),
    "Reactor Netty": ("reactor/netty/",),
    "Reactor": ("reactor/",),
    "Netty": ("io/netty/", "netty_"),
    "Spring": ("org/springframework/",),
    "PostgreSQL driver": ("io/r2dbc/",),
    "Jackson": ("tools/jackson/",),
    "Metrics and logs": ("io/micrometer/", "io/prometheus/", "org/slf4j/", "ch/qos/logback/"),
    "Java": ("java/", "jdk/", "sun/", "javax/", "com/sun/"),
}
SYSTEM_CALLS, COMPILER, COLLECTOR, OTHER = "System calls", "JIT compiler", "Garbage collector", "Other"
# By the beginning of the name of a thread. The serial collector runs in the thread of the JVM.
THREADS = {COMPILER: ("C1 ", "C2 "), COLLECTOR: ("VM Thread", "GC ", "G1 ")}
SYSTEM_CALL = re.compile(
    r"(__|__GI_|__libc_)*(writev?|send(msg|mmsg|to)?|recv(msg|mmsg|from)?|readv?|epoll_(ctl|wait|p?wait2?)|futex|accept4|close|shutdown"
    r"|timerfd_settime|eventfd_(read|write)|pthread_cond_\w+|pthread_mutex_\w+|syscall)")


def parse(text):
    """Stacks with their numbers of samples, from the thread to the innermost frame, out of lines such as `[thread-1 tid=7];a;b 12`."""
    stacks = Counter()
    for line in text.splitlines():
        frames, _, samples = line.rpartition(" ")
        thread, *calls = frames.split(";")
        stacks[THREAD.sub(r"\1", thread), *calls] += int(samples)
    return stacks


def part(frame):
    """The part of a program to which a frame belongs."""
    if SYSTEM_CALL.fullmatch(frame):
        return SYSTEM_CALLS
    return next((name for name, prefixes in PARTS.items() if frame.startswith(prefixes)), OTHER)


def part_of_stack(stack):
    """The part in which a sample counts. What Java's own classes do counts for the part that has called them."""
    thread, *calls = stack
    for name, prefixes in THREADS.items():
        if thread.startswith(prefixes):
            return name
    found = [part(frame) for frame in calls]
    if SYSTEM_CALLS in found:
        return SYSTEM_CALLS
    return next((name for name in reversed(found) if name not in ("Java", OTHER)), "Java" if "Java" in found else OTHER)


def shares(stacks):
    """The share of each part of a program in all samples, the largest first."""
    samples = Counter()
    for stack, count in stacks.items():
        samples[part_of_stack(stack)] += count
    return {name: count / samples.total() for name, count in samples.most_common()}
