"""Finds the commands on the project's pages. A command is a line of a code block in `sh`, a code block in `sql`, or inline code that
begins with the name of a program.

A comment marks commands that are not run, and says why. It stands in a paragraph of its own, and the rendered page does not show it:

    <!-- not run: needs a cloud -->                             the commands of the next block: code, table, list or paragraph
    <!-- not run: takes minutes: `make test`, `make bench` -->  these commands, on every page
"""

import dataclasses
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

# Inline code with one of these names and at least one argument is a command; the name alone is not.
PROGRAMS = set(
    "cd cp curl docker du export git java journalctl make mkdir mvn podman psql ss sudo systemctl terraform touch yc".split())
DIRECTORIES_OF_PROGRAMS = ("bench/", "cloud-init/", "image/", "monitoring/", "scripts/", "terraform/")
OTHER_LANGUAGES = {"json", "mermaid", "properties", "text"}

MARK = re.compile(r"<!-- not run: (?P<reason>[^`]+?):?(?P<commands>\s*`.+`)? -->", re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
ASSIGNMENTS = re.compile(r"^(?:\w+=\S+ )*")


@dataclasses.dataclass
class Command:
    """A command of a page; those of one block have the same number and run in one shell."""

    page: str
    line: int
    block: int
    language: str
    text: str
    reason: str | None

    @property
    def name(self):
        """The command without a comment at its end."""
        return re.sub(r"\s+#.*$", "", self.text)

    def __str__(self):
        first, _, rest = self.name.partition("\n")
        return f"{self.page}:{self.line}: {first}{' …' if rest else ''}"


class PageError(Exception):
    """A page does not follow the conventions above."""


def read_commands():
    """Returns the commands of all pages. Those that have a reason are not run."""
    commands, marked = [], {}
    for page in PAGES:
        commands += _commands(page, marked)
    unknown = set(marked) - {command.name for command in commands}
    if unknown:
        raise PageError(f"marked commands that are on no page: {', '.join(sorted(unknown))}")
    for command in commands:
        command.reason = command.reason or marked.get(command.name)
    return commands


def _commands(page, marked):
    name, reason, found = str(page.relative_to(ROOT)), None, []
    for number, (line, language, text) in enumerate(blocks(page)):
        mark = MARK.fullmatch(text) if language is None else None
        if mark and mark["commands"]:
            marked.update((command, mark["reason"]) for _, command in INLINE_CODE.findall(mark["commands"]))
        elif mark:
            reason = mark["reason"]
        elif language is None and "<!-- not run" in text:
            raise PageError(f"{name}:{line}: the mark does not have the form of those in scripts/pages.py")
        else:
            found += [Command(name, line + offset, number, language or "sh", command, reason)
                      for offset, command in _commands_of(language, text, f"{name}:{line}")]
            reason = None
    return found


def _commands_of(language, text, place):
    if language is None:
        for match in INLINE_CODE.finditer(text):
            command = re.sub(r"\s+", " ", match[2].replace("\\|", "|")).strip()
            if _is_command(command):
                yield text[:match.start()].count("\n"), command
    elif language == "sh":
        yield from _shell_commands(text)
    elif language == "sql":
        yield 0, text
    elif language not in OTHER_LANGUAGES:
        raise PageError(f"{place}: language of the code block: {language!r} (expected: sh, sql, {', '.join(sorted(OTHER_LANGUAGES))})")


def _is_command(code):
    program, *arguments = ASSIGNMENTS.sub("", code).split() or [""]
    return bool(arguments) and (program in PROGRAMS or program.startswith(DIRECTORIES_OF_PROGRAMS))


def _shell_commands(text):
    """Splits a block where the shell accepts the lines so far as complete."""
    lines, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if not lines and (not line.strip() or line.startswith("#")):
            continue
        start = start if lines else number
        lines.append(line)
        command = "\n".join(lines)
        if not line.endswith("\\") and subprocess.run(["bash", "-n", "-c", command], stderr=subprocess.DEVNULL).returncode == 0:
            yield start, command
            lines = []
    if lines:
        yield start, "\n".join(lines)


def blocks(page):
    """Yields the number of the first line, the language and the text of each code block; of other blocks the language is None."""
    paragraph, fence, language, start = [], None, None, 0
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        if fence is not None:
            if line == "```":
                yield start, language, "\n".join(fence)
                fence = None
            else:
                fence.append(line)
        elif line.startswith("```") or not line.strip():
            if paragraph:
                yield start, None, "\n".join(paragraph)
                paragraph = []
            if line.strip():
                fence, language, start = [], line[3:], number + 1
        else:
            start = start if paragraph else number
            paragraph.append(line)
    if paragraph:
        yield start, None, "\n".join(paragraph)
