import json
import tempfile
import unittest
from pathlib import Path

import programs
from quotas import CLOUD
from stand_in import StandIn


class CheckQuotasTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.quotas.limits = {
            "compute.disks.count": [10, 0],
            "compute.instanceCores.count": [32, 8],
            "compute.instances.count": [12, 6],
            "vpc.networks.count": [0, 0],
        }
        self.file = Path(self.enterContext(tempfile.TemporaryDirectory())) / "quotas.json"

    def check(self, needed, **variables):
        self.file.write_text(needed if isinstance(needed, str) else json.dumps(needed))
        return programs.run(self.cloud, "check-quotas", self.file, **({"YC_CLOUD_ID": CLOUD} | variables))

    def test_quotas_that_suffice_exactly(self):
        code, output, errors = self.check({"compute.instances.count": 6, "compute.instanceCores.count": 24, "compute.disks.count": 1})
        self.assertEqual((0, ""), (code, errors))
        self.assertRegex(output, r"compute.instanceCores.count +32 +8 +24\n")

    def test_quotas_that_do_not_suffice_are_named(self):
        code, output, errors = self.check({"compute.instances.count": 7, "compute.instanceCores.count": 24, "vpc.networks.count": 1})
        self.assertEqual((1, "check-quotas: quotas that do not suffice: compute.instances.count, vpc.networks.count\n"), (code, errors))
        self.assertRegex(output, r"compute.instances.count +12 +6 +7\n")

    def test_quotas_that_the_api_does_not_know_are_named(self):
        code, output, errors = self.check({"compute.instances.count": 1, "mdb.clusters.count": 1})
        self.assertEqual((1, "check-quotas: quotas that the API does not know: mdb.clusters.count\n"), (code, errors))
        self.assertRegex(output, r"mdb.clusters.count +unknown +unknown +1\n")

    def test_quotas_that_the_api_rejects_are_named(self):
        for status in (400, 404):
            self.cloud.failures = [status]
            code, _, errors = self.check({"cloudless.things.count": 1, "compute.disks.count": 1})
            self.assertEqual((1, "check-quotas: quotas that the API does not know: cloudless.things.count\n"), (code, errors))

    def test_a_file_that_is_no_object_is_an_error(self):
        for text, reason in {"": "Expecting value", "[]": "list (expected: a JSON object)", '{"a.b": "x"}': "no number: a.b"}.items():
            code, _, errors = self.check(text)
            self.assertEqual(1, code)
            self.assertIn(reason, errors)
            self.assertEqual(1, errors.count("\n"))

    def test_the_cloud_has_to_be_named(self):
        code, _, errors = self.check({}, YC_CLOUD_ID="")
        self.assertEqual(2, code)
        self.assertIn("missing in the environment: YC_CLOUD_ID", errors)

    def test_without_the_right_to_read_quotas_they_cannot_be_checked_and_nothing_fails(self):
        self.cloud.forbidden = {"/quota-manager/"}
        code, output, errors = self.check({"compute.disks.count": 1, "vpc.networks.count": 1})
        self.assertEqual((0, ""), (code, output))
        self.assertEqual(
            "check-quotas: the quotas cannot be checked, because the token may not read them (expected: the role quota-manager.viewer on the cloud)\n",
            errors,
        )

    def test_a_token_that_is_not_valid_is_an_error(self):
        code, _, errors = self.check({"compute.disks.count": 1}, YC_TOKEN="expired")
        self.assertEqual(1, code)
        self.assertIn("returned 401: The token is invalid", errors)
