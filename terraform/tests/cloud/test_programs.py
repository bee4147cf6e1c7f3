"""The programs of terraform/api beside the stand-in of the cloud."""

import http.server
import json
import os
import pathlib
import subprocess
import threading
import unittest
import urllib.parse

from stand_in import TOKEN, Cloud

API = pathlib.Path(__file__).parents[2] / "api"


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.cloud = Cloud()
        self.addCleanup(self.cloud.close)

    def start(self, program, *arguments, **variables):
        environment = {**os.environ, "YC_TOKEN": TOKEN, "KINOTEKA_API": self.cloud.url, "KINOTEKA_PAUSE": "0.05", **variables}
        return subprocess.Popen(
            [API / program, *arguments], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run_program(self, program, *arguments, text="", **variables):
        process = self.start(program, *arguments, **variables)
        out, error = process.communicate(text, timeout=60)
        return process.returncode, out, error


class SetDatabasePassword(ProgramTest):
    def setUp(self):
        super().setUp()
        self.cloud.secrets = {("s1", "v1"): "first", ("s2", "v2"): "second"}

    def variables(self, user, secret, version):
        return {"CLUSTER_ID": "c1", "USER_NAME": user, "SECRET_ID": secret, "VERSION_ID": version}

    def set_password(self, user="kinoteka_a", secret="s1", version="v1", **more):
        return self.run_program("set-database-password", **self.variables(user, secret, version), **more)

    def test_sets_the_version_of_the_secret(self):
        status, out, error = self.set_password()
        self.assertEqual(0, status, error)
        self.assertEqual({("c1", "kinoteka_a"): "first"}, self.cloud.passwords)
        self.assertNotIn("first", out + error)

    def test_two_at_once_follow_one_another(self):
        both = [self.start("set-database-password", **self.variables(*user)) for user in (("kinoteka_a", "s1", "v1"), ("kinoteka_b", "s2", "v2"))]
        errors = [process.communicate(timeout=60)[1] for process in both]
        self.assertEqual([0, 0], [process.returncode for process in both], errors)
        self.assertEqual({("c1", "kinoteka_a"): "first", ("c1", "kinoteka_b"): "second"}, self.cloud.passwords)
        (_, _, first_end), (_, second_start, _) = sorted(self.cloud.history, key=lambda operation: operation[1])
        self.assertLessEqual(first_end, second_start)
        self.assertIn("Conflicting operation", "".join(errors))

    def test_an_api_that_is_away_is_called_again(self):
        self.cloud.unavailable = 3
        status, _, error = self.set_password()
        self.assertEqual(0, status, error)
        self.assertEqual(3, error.count("503: The service is temporarily unavailable; next attempt in"), error)

    def test_gives_up_with_the_last_reason(self):
        self.cloud.unavailable = 1_000_000
        status, _, error = self.set_password(KINOTEKA_TIMEOUT="0.5")
        self.assertEqual(1, status)
        self.assertIn("gave up after", error.splitlines()[-1])
        self.assertIn("temporarily unavailable", error.splitlines()[-1])

    def test_a_missing_permission_ends_at_once(self):
        self.cloud.forbidden.add("/managed-postgresql/v1/clusters/c1/users/kinoteka_a")
        status, _, error = self.set_password()
        self.assertEqual(1, status)
        self.assertEqual(1, len(error.splitlines()), error)
        self.assertIn("403: Permission denied", error)
        self.assertEqual({}, self.cloud.passwords)

    def test_an_unknown_version_sets_nothing(self):
        status, _, error = self.set_password(version="v9")
        self.assertEqual(1, status)
        self.assertIn("has no such version", error)
        self.assertEqual({}, self.cloud.passwords)

    def test_a_missing_variable_is_named(self):
        status, _, error = self.set_password(version="")
        self.assertEqual(1, status)
        self.assertTrue(error.startswith("missing in the environment: VERSION_ID"), error)


class RollMachines(ProgramTest):
    def setUp(self):
        super().setUp()
        self.cloud.add_group("g1", machines=3)

    def roll(self, files):
        status, _, error = self.run_program("roll-machines", "g1", files)
        self.assertEqual(0, status, error)
        return self.cloud.groups["g1"]["labels"]["machine-files"], sorted(self.cloud.of("g1"))

    def test_a_new_group_gets_the_label_and_the_same_hash_replaces_nothing(self):
        machines = sorted(self.cloud.of("g1"))
        self.assertEqual(("one", machines), self.roll("one"))
        self.assertEqual(("one", machines), self.roll("one"))

    def test_another_hash_replaces_every_machine_once(self):
        self.roll("one")
        self.cloud.groups["g1"]["metadata"] = {"user-data": "two"}
        label, machines = self.roll("two")
        self.assertEqual(("two", ["g1-4", "g1-5", "g1-6"]), (label, machines))
        self.assertEqual({"two"}, {machine["files"] for machine in self.cloud.of("g1").values()})

    def test_other_labels_remain(self):
        self.cloud.groups["g1"]["labels"] = {"team": "films"}
        self.roll("one")
        self.assertEqual({"team": "films", "machine-files": "one"}, self.cloud.groups["g1"]["labels"])

    def test_an_interrupted_replacement_is_started_again(self):
        self.roll("one")
        self.cloud.operation_seconds = 30
        process = self.start("roll-machines", "g1", "two")
        self.assertIn("replacing 3 machines", process.stdout.readline())
        while not any(resource == "g1" and end - begin > 20 for resource, begin, end in self.cloud.history):
            pass
        process.kill()
        process.communicate()
        self.assertEqual("one", self.cloud.groups["g1"]["labels"]["machine-files"])
        self.cloud.operation_seconds = 0.1
        self.cloud.operations.clear()  # the cloud has completed it
        self.assertEqual("two", self.roll("two")[0])


class EmptyRegistry(ProgramTest):
    def test_deletes_the_images_of_all_pages_and_of_no_other_registry(self):
        self.cloud.page_size = 2
        self.cloud.operation_seconds = 0
        self.cloud.registries.update({"r1": [f"i{number}" for number in range(5)], "r2": ["other"]})
        for _ in range(2):
            status, _, error = self.run_program("empty-registry", "r1")
            self.assertEqual(0, status, error)
        self.assertEqual({"r1": [], "r2": ["other"]}, dict(self.cloud.registries))


class CheckQuotas(ProgramTest):
    def check(self, needed):
        return self.run_program("check-quotas", text=json.dumps(needed), YC_CLOUD_ID="b1c")

    def test_quotas_that_suffice(self):
        self.cloud.quotas = {"compute.instances.count": (12, 2), "mdb.clusters.count": (16, 0)}
        status, out, error = self.check({"compute.instances.count": 10, "mdb.clusters.count": 1})
        self.assertEqual(0, status, error)
        self.assertIn("compute.instances.count: needs 10, 2 of 12 are in use", out)

    def test_a_quota_that_does_not_suffice_is_named(self):
        self.cloud.quotas = {"compute.instances.count": (12, 3), "mdb.clusters.count": (16, 0)}
        status, _, error = self.check({"compute.instances.count": 10, "mdb.clusters.count": 1})
        self.assertEqual(1, status)
        self.assertIn("quotas that do not suffice: compute.instances.count (", error)

    def test_a_quota_that_the_api_does_not_have_is_named(self):
        status, out, _ = self.check({"mdb.clusters.count": 1})
        self.assertEqual(0, status)
        self.assertIn("mdb.clusters.count: needs 1; the API has no such quota", out)


class CheckRelease(unittest.TestCase):
    EXPECTED = {"release": "0123456789ab", "machine_files": "ba9876543210"}

    def check(self, nodes, reported):
        """Beside a Prometheus that has these series; the real one is in monitoring/checks."""
        found = {'up{job="gateway"}': nodes, "kinoteka_release_info": reported}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))["query"]
                content = json.dumps({"data": {"result": [{"metric": metric} for metric in found[query]]}}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return subprocess.run(
            [API / "check-release", f"http://127.0.0.1:{server.server_port}"], text=True, capture_output=True, check=False,
            input=json.dumps(self.EXPECTED))

    def test_all_nodes_run_the_release(self):
        result = self.check([{"node": "a"}, {"node": "b"}], [{"node": "a", **self.EXPECTED}, {"node": "b", **self.EXPECTED}])
        self.assertEqual((0, "a: as configured\nb: as configured\n"), (result.returncode, result.stdout), result.stderr)

    def test_a_node_that_runs_another_release_is_named(self):
        result = self.check([{"node": "a"}, {"node": "b"}], [{"node": "a", **self.EXPECTED}, {"node": "b", **self.EXPECTED, "release": "old"}])
        self.assertEqual(1, result.returncode)
        self.assertIn("b: release old\n", result.stdout)
        self.assertIn("1 of 2 nodes differ", result.stderr)

    def test_a_node_that_does_not_report_is_named(self):
        result = self.check([{"node": "a"}], [])
        self.assertEqual((1, "a: machine_files unknown, release unknown\n"), (result.returncode, result.stdout))

    def test_no_node_is_no_success(self):
        self.assertEqual(1, self.check([], []).returncode)

    def test_a_prometheus_that_is_away_is_named(self):
        result = subprocess.run([API / "check-release", "http://127.0.0.1:9"], text=True, capture_output=True, check=False, input="{}")
        self.assertEqual(1, result.returncode)
        self.assertIn("http://127.0.0.1:9", result.stderr)


if __name__ == "__main__":
    unittest.main()
