"""The age of the newest backup, from a stand-in of the cloud to the metric."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cloud-init/tests"))
from cloud_stand_in import Cloud  # noqa: E402

PROGRAM = ROOT / "cloud-init/monitoring/usr/local/bin/kinoteka-backups"
URL = "/managed-postgresql/v1/clusters/c9q/backups?pageSize=1000&pageToken="
METRIC = "database_backup_completed_timestamp_seconds"


def backup(created, **fields):
    return {"id": f"c9q:{created}", "createdAt": created, "sourceClusterId": "c9q", "status": "DONE", **fields}


class BackupsTest(unittest.TestCase):
    def setUp(self):
        self.cloud = Cloud()
        self.addCleanup(self.cloud.server.server_close)
        self.addCleanup(self.cloud.server.shutdown)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = Path(self.folder.name, "backups.prom")

    def run_program(self):
        return subprocess.run(
            [sys.executable, PROGRAM, self.file],
            env={**os.environ, **self.cloud.environment, "CLUSTER_ID": "c9q", "PYTHONPATH": str(ROOT / "cloud-init/common/usr/local/lib/kinoteka")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def test_the_newest_completed_backup_of_all_pages_counts(self):
        self.cloud.answers[URL] = {"backups": [backup("2026-11-21T01:40:00Z")], "nextPageToken": "2"}
        self.cloud.answers[URL + "2"] = {
            "backups": [
                backup("2026-11-22T01:40:00.123456789Z"),
                backup("2026-11-23T01:40:00Z", status="CREATING"),
                {"id": "c9q:started", "startedAt": "2026-11-23T01:30:00Z"},
            ]
        }
        done = self.run_program()
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertEqual(f"{METRIC} 1795311600", self.file.read_text().splitlines()[-1])
        self.assertIn(f"# TYPE {METRIC} gauge", self.file.read_text())

    def test_without_a_backup_there_is_no_metric(self):
        self.cloud.answers[URL] = {}
        self.file.write_text(f"{METRIC} 1\n")
        self.assertEqual(0, self.run_program().returncode)
        self.assertEqual("", self.file.read_text())

    def test_while_the_cloud_does_not_respond_the_metric_stays(self):
        self.cloud.answers[URL] = {"backups": [backup("2026-11-22T01:40:00Z")]}
        self.run_program()
        self.cloud.failures = 1
        done = self.run_program()
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, r"^backups: .* answered 503 .*\n$")
        self.assertIn(METRIC, self.file.read_text())

    def test_an_account_without_the_role_is_reported(self):
        done = self.run_program()  # the stand-in knows no such cluster
        self.assertEqual(1, done.returncode)
        self.assertIn("answered 404", done.stderr)
        self.assertFalse(self.file.exists())


if __name__ == "__main__":
    unittest.main()
