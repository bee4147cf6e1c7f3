"""The tables that are printed."""

from dataclasses import dataclass
from statistics import median

from rounds import MEASURES

BEGIN, END = "<!-- begin: written by `make bench` -->", "<!-- end -->"


@dataclass(frozen=True)
class Row:
    """A goal and what was measured of it; `values` are ratios, or absolute if nothing is beside. None if it was not measured."""

    goal: object
    case: str
    ours: str
    theirs: str
    values: list[float] | None

    @property
    def is_met(self):
        return None if self.values is None else self.goal.is_met(self.values)


def spread(values, digits=0):
    """Minimum, median and maximum."""
    return " / ".join(f"{value:,.{digits}f}" for value in (min(values), median(values), max(values)))


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def rows(cases, results):
    return [row(case.name, goal, results.get(case.name)) for case in cases for goal in case.goals]


def row(case, goal, result):
    outcomes = result.by_name() if result else {}
    values = goal.values(outcomes)
    if values is None:
        return Row(goal, case, "", "", None)
    return Row(goal, case, typical(outcomes[goal.of], goal.measure), typical(outcomes.get(goal.against), goal.measure), values)


def typical(outcome, measure):
    if not outcome:
        return ""
    form = MEASURES[measure]
    return f"{median(outcome.values(measure)):,.{form.digits}f}{form.unit}"


def verdict(row):
    if row.values is None:
        return "not measured"
    return {True: "pass", False: "**fail**", None: ""}[row.is_met]


def ratio(row):
    """Of ratios, three significant figures are enough; an absolute value is in its own unit."""
    if row.values is None:
        return ""
    return spread(row.values, 2 if row.goal.against else MEASURES[row.goal.measure].digits)


def summary(rows):
    return table(
        ["what", "goal", "ours", "beside it", "ratio, or value without one", ""],
        [[row.goal.text, row.goal.bound(), row.ours, f"{row.theirs} {row.goal.against}" if row.theirs else "", ratio(row), verdict(row)]
         for row in rows])


def details(case, result):
    """Everything that was measured in a case, by participant."""
    measures = [name for name in MEASURES if any(outcome.has(name) for outcome in result.outcomes)]
    lines = [[outcome.name, *(cell(outcome, name) for name in measures)] for outcome in result.outcomes]
    return "\n".join([
        f"### {case.title}", "", f"{result.conditions}:", "",
        table(["", *(MEASURES[name].heading for name in measures)], lines), "", verified(result.outcomes), ""])


def cell(outcome, measure):
    if not outcome.has(measure):
        return ""
    values = outcome.values(measure)
    digits = MEASURES[measure].digits
    return f"{values[0]:,.{digits}f}" if measure == "memory" else spread(values, digits)


def features(gateways, off):
    """CPU per request of gateways with different settings, beside one with everything off."""
    return table(
        ["", "gateway, µs of CPU per request", f"multiple of \"{off.name}\"", "catalogue, µs of CPU per request"],
        [[gateway.name, spread(gateway.values("proxy_cpu")),
          spread([mine / theirs for mine, theirs in zip(gateway.values("proxy_cpu"), off.values("proxy_cpu"), strict=True)], 2),
          spread(gateway.values("catalogue_cpu"))] for gateway in gateways])


def verified(outcomes):
    return table(
        ["", "version", "warm-up", "requests", "counted by its metrics", "connections opened to the catalogue in a round"],
        [[outcome.name, outcome.version, outcome.warm_up, sum(one.requests for one in outcome.rounds),
          "" if outcome.counted is None else outcome.counted,
          spread(outcome.values("opened")) if outcome.has("opened") else ""] for outcome in outcomes])


def write(page, text):
    """Puts a text between the two marks of a page."""
    content = page.read_text(encoding="utf-8")
    before, _, rest = content.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page}: no place for the table (expected: {BEGIN} and {END})")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
