"""Goals, the table and the picture."""

import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import picture
import report
import results
from goals import Goal
from rounds import Round


def outcome(name, rates, p99=10.0):
    rounds = [Round(requests=100, per_second=rate, p99=p99) for rate in rates]
    return results.Outcome(name, "1", "steady after 40 s", 300, 50.0, rounds)


RESULT = results.Result("film", "3 rounds", [outcome("gateway", [200, 330, 400], 5.0), outcome("nginx", [100, 100, 100])])
THREE_TIMES = Goal("throughput", "per_second", "nginx", at_least=3)
FASTER = Goal("p99", "p99", "nginx", at_most=0.4)
ABSOLUTE = Goal("p99", "p99", at_most=400)
NO_BOUND = Goal("memory", "memory", "nginx")
NO_PEER = Goal("throughput", "per_second", "envoy", at_least=1)
CASE = SimpleNamespace(name="film", title="Films", goals=(THREE_TIMES, FASTER, ABSOLUTE, NO_BOUND, NO_PEER))


class Report(unittest.TestCase):

    def test_the_median_of_the_ratios_decides(self):
        self.assertEqual(THREE_TIMES.values(RESULT.by_name()), [2.0, 3.3, 4.0])
        self.assertTrue(THREE_TIMES.is_met([2.0, 3.3, 4.0]))
        self.assertFalse(THREE_TIMES.is_met([2.0, 2.9, 4.0]))

    def test_a_row_that_fails_or_was_not_measured_stays_in_the_table(self):
        table = report.summary(report.rows([CASE], {"film": RESULT}))
        self.assertEqual(table.splitlines()[2:], [
            "| throughput | ≥ 3 × nginx | 330/s | 100/s nginx | 2.00 / 3.30 / 4.00 | pass |",
            "| p99 | ≤ 0.4 × nginx | 5.0 ms | 10.0 ms nginx | 0.50 / 0.50 / 0.50 | **fail** |",
            "| p99 | ≤ 400 ms | 5.0 ms |  | 5.0 / 5.0 / 5.0 | pass |",
            "| memory | none, for information beside nginx | 50 MiB | 50 MiB nginx | 1.00 / 1.00 / 1.00 |  |",
            "| throughput | ≥ 1 × envoy |  |  |  | not measured |"])

    def test_a_case_without_a_result_is_not_measured(self):
        self.assertTrue(all(row.values is None for row in report.rows([CASE], {})))

    def test_details_have_a_column_for_each_measure_that_everybody_or_somebody_has(self):
        lines = report.details(CASE, RESULT).splitlines()
        self.assertIn("|  | requests per second | p99, ms | peak memory, MiB |", lines)
        self.assertIn("| gateway | 200 / 330 / 400 | 5.0 / 5.0 / 5.0 | 50 |", lines)

    def test_the_picture_is_xml_with_a_dot_for_each_measured_row(self):
        svg = ElementTree.fromstring(picture.draw(report.rows([CASE], {"film": RESULT})))
        self.assertEqual(len(svg.findall("{http://www.w3.org/2000/svg}circle")), 4)

    def test_the_picture_shows_what_is_better_on_the_right(self):
        self.assertGreater(picture.advantage(THREE_TIMES, 3.3), 1)
        self.assertLess(picture.advantage(FASTER, 0.5), 1)
        self.assertEqual(picture.position(picture.SPAN * 2), picture.RIGHT)

    def test_a_saved_result_is_read_again(self):
        with tempfile.TemporaryDirectory() as folder:
            results.save(RESULT, Path(folder))
            self.assertEqual(results.load(Path(folder)), {"film": RESULT})

    def test_only_what_is_between_the_marks_of_a_page_is_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.md")
            page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
            report.write(page, "new")
            self.assertEqual(page.read_text(), f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n")
