"""The table of the page: a row for each fault."""

from pathlib import Path

from load import percentile

HEADER = "| attack or fault | what clients saw | what the operator saw | how long |\n|---|---|---|---|"
INITIAL_LIMIT = 256  # kinoteka.gateway.resilience.concurrency-limit.max
BEGIN, END = "<!-- begin: written by `make chaos` -->", "<!-- end -->"


def row(fault, seen):
    return f"| {fault.name} | {clients(fault, seen)} | {operator(seen)} | {duration(seen)} |"


def clients(fault, seen):
    sentences = [", ".join(outcome(status, problem, count) for (status, problem), count in seen.outcomes().most_common())]
    sentences.append("p99 {:.0f} ms before, {:.0f} ms during, {:.0f} ms after; longest {}".format(
        *(percentile(results, 0.99) for results in (seen.before, seen.during, seen.after)), milliseconds(percentile(seen.during, 1))))
    sentences += [note(seen) for note in fault.notes]
    if seen.attackers:
        sentences.append(f"The attackers: {seen.attackers}")
    return ". ".join(sentences)


def outcome(status, problem, count):
    if status:
        return f"{count:,} × {status}" + (f" `{problem}`" if problem else "")
    return f"{count:,} × {problem}"


def milliseconds(value):
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def operator(seen):
    parts = [f"`{counter}` +{change:,}" for counter, change in seen.changes.items()]
    parts += [f"{state} after {seconds:.1f} s" for state, seconds in sorted(seen.states.items(), key=lambda state: state[1])]
    if seen.lowest_limit < INITIAL_LIMIT:
        parts.append(f"lowest concurrency limit {seen.lowest_limit}")
    before, during = seen.memory_mib
    if during > before + 20:
        parts.append(f"memory of the process {before:.0f} MiB before, {during:.0f} MiB during")
    parts += [f"alert [{alert}](monitoring.md#{alert.lower()}) after {minute} min" for alert, minute in sorted(
        seen.alerts.items(), key=lambda alert: alert[1])]
    return "; ".join(parts) or "nothing"


def duration(seen):
    if seen.detection == 0 and not seen.recovery:
        return "clients were served normally all the time"
    detection = "not while it lasted" if seen.detection is None else f"{seen.detection:.1f} s after it began"
    recovery = "later" if seen.recovery is None else f"{seen.recovery:.1f} s after it ended"
    return f"served normally: {detection}; {recovery}"


def write(page: Path, table):
    """Puts the table between the two marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page}: no place for the table (expected: {BEGIN} and {END})")
    page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
