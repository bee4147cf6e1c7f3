"""Flame graphs as SVG without scripts, small enough for a page: rare frames are left out, and chains of calls are drawn as one box."""

import re
from dataclasses import dataclass, field
from html import escape

from stacks import COLLECTOR, COMPILER, OTHER, SYSTEM_CALLS, THREADS, part

WIDTH, ROW, MARGIN, TOP, BOTTOM = 1400, 16, 10, 64, 12
CHARACTER = 6.1  # pixels of a character of the font
LEAST_SHARE = 0.003  # of all samples, of a frame that is drawn
CHAIN = 0.95  # share of its caller's samples that a call of the same part has if both are drawn as one box
COLOURS = {
    "Kinoteka": "#f28e2b", "Reactor Netty": "#b6d7f4", "Reactor": "#9fd3c7", "Netty": "#7fb2e5", "Spring": "#b5d99c",
    "PostgreSQL driver": "#d7b5e8", "Jackson": "#f7d774", "Metrics and logs": "#f4b6c2", "Java": "#e6e6e6", SYSTEM_CALLS: "#e0705f",
    COMPILER: "#c9b79c", COLLECTOR: "#a89984", OTHER: "#f5f5f5"}


@dataclass
class Frame:
    """A function where it is called by its callers, with the samples in it and in what it calls."""

    names: list[str]
    samples: int = 0
    calls: dict = field(default_factory=dict)

    @property
    def part(self):
        for name, prefixes in THREADS.items():
            if self.names[0].startswith(prefixes):
                return name
        return part(self.names[0])


def tree(stacks):
    """All stacks from their common beginning on."""
    root = Frame(["all"])
    for stack, count in stacks.items():
        frame = root
        frame.samples += count
        for name in stack:
            frame = frame.calls.setdefault(name, Frame([name]))
            frame.samples += count
    return simplify(root, root.samples * LEAST_SHARE)


def simplify(frame, least):
    """Leaves rare calls out, and joins a frame with the only call that matters if that is of the same part."""
    calls = [simplify(call, least) for call in frame.calls.values() if call.samples >= least]
    frame.calls = {call.names[0]: call for call in sorted(calls, key=lambda call: call.names)}
    if len(calls) == 1 and calls[0].part == frame.part and calls[0].samples >= CHAIN * frame.samples and frame.names != ["all"]:
        return Frame(frame.names + calls[0].names, frame.samples, calls[0].calls)
    return frame


def draw(stacks, title):
    """An SVG document. The outermost calls are at the top."""
    root = tree(stacks)
    height = TOP + ROW * depth(root) + BOTTOM
    boxes = []
    add(root, MARGIN, 0, (WIDTH - 2 * MARGIN) / root.samples, boxes)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="10">',
        "<style>rect { stroke: #ffffff; stroke-width: 0.5 }</style>",
        f'<path d="M0 0H{WIDTH}V{height}H0z" fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="22" font-family="sans-serif" font-size="16">{escape(title)}</text>',
        *legend(drawn_parts(root)), *boxes, "</svg>", ""])


def depth(frame):
    return 1 + max(map(depth, frame.calls.values()), default=0)


def drawn_parts(frame):
    return {frame.part}.union(*map(drawn_parts, frame.calls.values()))


def legend(parts):
    x, drawn = MARGIN, []
    for name in (name for name in COLOURS if name in parts):
        drawn.append(f'<rect x="{x}" y="36" width="12" height="12" fill="{COLOURS[name]}"/>')
        drawn.append(f'<text x="{x + 16}" y="46" font-size="11">{name}</text>')
        x += 34 + 6 * len(name)
    return drawn


def add(frame, x, level, scale, boxes):
    """Adds the box of a frame and of all calls below it."""
    y, width = TOP + ROW * level, frame.samples * scale
    share = width / (WIDTH - 2 * MARGIN)
    name = label(frame.names, int((width - 4) / CHARACTER))
    boxes.append(
        f'<g><title>{escape(label(frame.names))} {share:.1%}</title>'
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW}" fill="{COLOURS[frame.part]}"/>'
        + (f'<text x="{x + 2:.1f}" y="{y + 11}">{escape(name)}</text>' if name else "") + "</g>")
    for call in frame.calls.values():
        add(call, x, level + 1, scale, boxes)
        x += call.samples * scale


def label(names, characters=200):
    """As much as fits of the function, and of the last one of a chain of calls."""
    first, last = short(names[0]), short(names[-1])
    whole = first if first == last else f"{first} … {last}"
    if len(whole) <= characters:
        return whole
    return f"{last[:characters - 1]}…" if characters > 3 else ""


def short(name):
    """Class and function without package, and without the numbers that the compiler gives to lambdas."""
    return re.sub(r"\$\$Lambda[./](0x\w+\.)?", "$λ.", re.sub(r"lambda\$(\w+)\$\d+", r"\1 λ", re.sub(r"^[\w/]+/", "", name)))
