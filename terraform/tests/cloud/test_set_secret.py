import json
import unittest

import programs
from stand_in import StandIn

URL = "https://alerts.example.com/T0/secret"


class SetSecretTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.lockbox.secrets["s1"] = {}

    def run_program(self, entries, **variables):
        text = entries if isinstance(entries, str) else json.dumps(entries)
        return programs.run(self.cloud, "set-secret", **({"SECRET_ID": "s1", "ENTRIES": text} | variables))

    def test_the_newest_version_has_the_entries(self):
        code, output, errors = self.run_program({"alert": URL})
        self.assertEqual((0, "secret s1: the newest version has the entries alert.\n", ""), (code, output, errors))
        self.run_program({"watchdog": "https://w.example/"})
        self.assertEqual({"alert": URL, "watchdog": "https://w.example/"}, list(self.cloud.lockbox.secrets["s1"].values())[-1])

    def test_a_lost_response_adds_no_second_version(self):
        self.cloud.failures = ["drop"]
        self.assertEqual(0, self.run_program({"alert": URL})[0])
        self.assertEqual([{"alert": URL}], list(self.cloud.lockbox.secrets["s1"].values()))

    def test_entries_that_are_no_texts_are_rejected_and_not_shown(self):
        for entries in (f"broken {URL}", [URL], {}, {"alert": ""}, {"alert": [URL]}):
            code, output, errors = self.run_program(entries)
            self.assertEqual((1, ""), (code, output))
            self.assertEqual("set-secret: ENTRIES: not shown (expected: a JSON object of texts that are not empty)\n", errors)

    def test_a_missing_right_is_an_error_of_one_line(self):
        self.cloud.forbidden = {"/lockbox/"}
        code, _, errors = self.run_program({"alert": URL})
        self.assertEqual((1, 1), (code, errors.count("\n")))
        self.assertIn("returned 403: Permission denied", errors)
        self.assertNotIn(URL, errors)
