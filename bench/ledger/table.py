"""The table of the faults, for the terminal and for the page."""

from dataclasses import dataclass

HEADER = "| fault | seconds without writes | seconds without reads | acknowledged | lost | doubled | stale reads |\n|---|---|---|---|---|---|---|"
BEGIN, END = "<!-- begin: written by `make ledger` -->", "<!-- end -->"


@dataclass(frozen=True)
class Result:
    """What one round of a fault has cost the clients."""

    fault: str
    without_writes: float
    without_reads: float | None  # of single resources, which have to be up to date; None if none were read
    without_lists: float | None
    acknowledged: int
    lost: int
    doubled: int
    stale: int

    @property
    def is_consistent(self):
        return not (self.lost or self.doubled or self.stale)


def render(faults, results):
    """A row for each fault, with all rounds in it. The seconds have one figure for each round."""
    rows = [row(fault, [result for result in results if result.fault == fault.name]) for fault in faults]
    return "\n".join([HEADER, *(text for text in rows if text)])


def row(fault, rounds):
    if not rounds:
        return None
    cells = [
        fault.text,
        seconds([result.without_writes for result in rounds], fault.writes_goal),
        reads(rounds, fault.reads_goal),
        *(f"{sum(getattr(result, count) for result in rounds):,}" for count in ("acknowledged", "lost", "doubled", "stale"))]
    return f"| {' | '.join(cells)} |"


def reads(rounds, goal):
    """Single resources must be up to date and are read from the primary; lists are also read from replicas."""
    if rounds[0].without_reads is None:
        return "none were read"
    longest = [max(result.without_reads, result.without_lists) for result in rounds]
    return f"{seconds(longest, goal)}; lists {seconds([result.without_lists for result in rounds], None)}"


def seconds(values, goal):
    text = ", ".join(f"{value:.1f}" for value in values)
    if goal is None:
        return text
    return f"{text} ({'pass' if max(values) <= goal else 'fail'}: at most {goal:g})"


def write(page, text):
    """Puts the table between the two marks of the page."""
    whole = page.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page}: no place for the table (expected: {BEGIN} and {END})")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
