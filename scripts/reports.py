"""Reports in the format of JUnit, for checks that are neither Java nor bats: scripts/test-summary counts them."""

import pathlib
import re
import xml.etree.ElementTree

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "target/checks"
NOT_IN_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Report:
    """Prints a line for each test, as in TAP, and writes all of them to target/checks when its block ends."""

    def __init__(self, name):
        self.name = name
        self.suite = xml.etree.ElementTree.Element("testsuite", name=name)
        self.failed = 0

    def add(self, sentence, fault=""):
        """Adds a test, which has passed if nothing is wrong. Returns whether it has."""
        case = xml.etree.ElementTree.SubElement(self.suite, "testcase", classname=self.name, name=_text(sentence))
        print(f"{'not ok' if fault else 'ok'} {len(self.suite)} {sentence}", flush=True)
        if fault:
            self.failed += 1
            xml.etree.ElementTree.SubElement(case, "failure").text = _text(fault)
            print("    " + fault.strip().replace("\n", "\n    "), flush=True)
        return not fault

    def passed(self):
        return len(self.suite) > 0 and not self.failed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.suite.attrib |= {"tests": str(len(self.suite)), "failures": str(self.failed), "errors": "0", "skipped": "0"}
        FOLDER.mkdir(parents=True, exist_ok=True)
        xml.etree.ElementTree.ElementTree(self.suite).write(FOLDER / f"{self.name}.xml", encoding="utf-8", xml_declaration=True)


def _text(value):
    return NOT_IN_XML.sub("", str(value))
