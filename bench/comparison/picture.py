"""The rows of the summary as a picture: how far each one is from its goal."""

from html import escape
from math import log10
from statistics import median

WIDTH, ROW, TOP, BOTTOM = 1120, 30, 62, 42
LABELS, LEFT, RIGHT = 16, 560, 870  # of the text, and of the scale
SPAN = 10  # times worse to times better
PASS, FAIL, NO_GOAL, TEXT, GRID = "#1a7f37", "#cf222e", "#57606a", "#1f2328", "#d0d7de"


def draw(rows):
    """An SVG document. Rows that were not measured are left out."""
    measured = [row for row in rows if row.values is not None]
    height = TOP + ROW * len(measured) + BOTTOM
    bottom = TOP + ROW * len(measured)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13" fill="{TEXT}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(LABELS, 26, "Kinoteka beside its peers: minimum, median and maximum of the rounds", 'font-size="16" font-weight="bold"')]
    for factor in (1 / SPAN, 1 / 3, 1, 3, SPAN):
        x = position(factor)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom}" stroke="{TEXT if factor == 1 else GRID}"/>')
        parts.append(text(x, TOP - 12, tick(factor), 'text-anchor="middle"'))
    for number, row in enumerate(measured):
        parts += bar(row, TOP + ROW * number + ROW / 2)
    note = "Left of the line: worse than the goal; right of it: better. Grey rows have no goal: the line is the peer."
    parts += [text(LABELS, bottom + 28, note, f'fill="{NO_GOAL}"'), "</svg>"]
    return "\n".join(parts) + "\n"


def bar(row, y):
    colour = {True: PASS, False: FAIL, None: NO_GOAL}[row.is_met]
    least, middle, most = (position(share) for share in sorted(
        advantage(row.goal, value) for value in (min(row.values), median(row.values), max(row.values))))
    beside = f"{row.ours}, {row.goal.against} {row.theirs}" if row.theirs else row.ours
    label = row.goal.text if row.is_met is None else f"{row.goal.text} ({row.goal.bound()})"
    return [
        text(LABELS, y + 4, label),
        f'<line x1="{least:.1f}" x2="{most:.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="5" stroke-linecap="round"/>',
        f'<circle cx="{middle:.1f}" cy="{y}" r="6" fill="{colour}"/>',
        text(RIGHT + 14, y + 4, beside, f'fill="{colour}"')]


def advantage(goal, value):
    """How many times better than the goal; without a goal, than the peer. Throughput is better if it is higher, everything else if lower."""
    if goal.at_least is not None:
        return value / goal.at_least
    if goal.at_most is not None:
        return goal.at_most / max(value, 1e-9)
    return value if goal.measure == "per_second" else 1 / value


def position(factor):
    """On a logarithmic scale, which ends at the span."""
    share = max(-1.0, min(1.0, log10(factor) / log10(SPAN)))
    return LEFT + (RIGHT - LEFT) * (share + 1) / 2


def tick(factor):
    if factor == 1:
        return "goal"
    return f"{factor:g} ×" if factor > 1 else f"1/{1 / factor:g}"


def text(x, y, words, attributes=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(words)}</text>'
