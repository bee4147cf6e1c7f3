import unittest

import programs
from rejection import Rejection
from stand_in import StandIn

OLD, NEW = "old-from-lockbox", "new-from-lockbox"


class SetDatabasePasswordTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.postgresql.add("c1", ["kinoteka", "monitoring"])
        self.cloud.lockbox.secrets["s1"] = {"v1": {"password": OLD}, "v2": {"password": NEW}}
        self.users = self.cloud.postgresql.clusters["c1"]["users"]

    def start(self, user="kinoteka", **variables):
        given = {"CLUSTER_ID": "c1", "USER_NAME": user, "SECRET_ID": "s1"}
        return programs.start(self.cloud, "set-database-password", **(given | variables))

    def run_program(self, **variables):
        return programs.finish(self.start(**variables))

    def assert_fails_with_a_line(self, result, *words, status=1):
        code, output, errors = result
        self.assertEqual(status, code)
        self.assertEqual(1, errors.count("\n"), errors)
        for word in words:
            self.assertIn(word, errors)
        self.assertNotIn(NEW, output + errors)

    def test_sets_the_password_of_the_current_version_when_the_operation_has_ended(self):
        code, output, errors = self.run_program()
        self.assertEqual((0, ""), (code, errors))
        self.assertEqual(NEW, self.users["kinoteka"])
        self.assertNotIn(NEW, output)

    def test_sets_the_password_of_a_version_that_is_named(self):
        self.assertEqual(0, self.run_program(VERSION_ID="v1")[0])
        self.assertEqual(OLD, self.users["kinoteka"])

    def test_two_at_the_same_time_set_both_passwords_one_after_the_other(self):
        # The first operation runs until the second program was rejected.
        self.cloud.operations.may_end = lambda operation: len(self.cloud.rejected) > 0
        for process in [self.start("kinoteka"), self.start("monitoring")]:
            code, _, errors = programs.finish(process)
            self.assertEqual((0, ""), (code, errors))
        self.assertEqual({"kinoteka": NEW, "monitoring": NEW}, self.users)
        self.assertEqual(["start", "end", "start", "end"], [event for event, _ in self.cloud.operations.journal])
        self.assertIn("Conflicting operation op1 detected", self.cloud.rejected[0].message)

    def test_transient_errors_are_retried(self):
        self.cloud.failures = [503, 429, 500, "drop"]
        self.assertEqual((0, ""), self.run_program()[::2])
        self.assertEqual(NEW, self.users["kinoteka"])

    def test_a_lost_response_does_not_start_a_second_operation(self):
        self.cloud.failures = [None, "drop"]
        self.assertEqual((0, ""), self.run_program()[::2])
        self.assertEqual([("start", "op1"), ("end", "op1")], self.cloud.operations.journal)

    def test_a_missing_right_ends_at_once(self):
        self.cloud.forbidden = {"/managed-postgresql/"}
        self.assert_fails_with_a_line(self.run_program(), "403", "Permission denied")
        self.assertEqual(2, len(self.cloud.requests))

    def test_a_failed_precondition_that_is_no_conflict_ends_at_once(self):
        self.cloud.failures = [None, Rejection.failed_precondition("Cluster is stopped")]
        self.assert_fails_with_a_line(self.run_program(), "400", "Cluster is stopped")
        self.assertEqual(2, len(self.cloud.requests))

    def test_a_rejected_password_ends_at_once(self):
        self.cloud.lockbox.secrets["s1"]["v3"] = {"password": "short"}
        self.assert_fails_with_a_line(self.run_program(), "400", "8..128 characters")
        self.assertEqual(2, len(self.cloud.requests))

    def test_the_deadline_ends_with_the_last_reason(self):
        self.cloud.failures = [503] * 1000
        self.assert_fails_with_a_line(self.run_program(KINOTEKA_DEADLINE="0.2"), "not done within 0.2 s", "returned 503: failure 503 on demand")

    def test_the_deadline_ends_the_wait_for_an_operation(self):
        self.cloud.operations.may_end = lambda operation: False
        self.assert_fails_with_a_line(self.run_program(KINOTEKA_DEADLINE="0.5"), "operation op1 has not ended")

    def test_an_unreachable_api_is_retried_until_the_deadline(self):
        address = "http://127.0.0.1:1"
        self.assert_fails_with_a_line(self.run_program(KINOTEKA_LOCKBOX=address, KINOTEKA_DEADLINE="0.2"), address, "Connection refused")

    def test_a_failed_operation_is_an_error(self):
        self.cloud.operations.failing = ["no primary"]
        self.assert_fails_with_a_line(self.run_program(), "operation op1 failed: no primary")

    def test_a_secret_without_a_password_is_an_error(self):
        self.cloud.lockbox.secrets["s1"]["v3"] = {"other": "text"}
        self.assert_fails_with_a_line(self.run_program(), "secret s1 has no password")

    def test_missing_variables_are_named(self):
        code, _, errors = self.run_program(SECRET_ID="", CLUSTER_ID="")
        self.assertEqual(2, code)
        self.assertIn("missing in the environment: CLUSTER_ID, SECRET_ID\n", errors)

    def test_the_token_may_be_in_either_variable(self):
        token = self.cloud.environment["YC_TOKEN"]
        self.assertEqual(0, self.run_program(YC_TOKEN="", IAM_TOKEN=token)[0])
        self.assertEqual(2, self.run_program(YC_TOKEN="", IAM_TOKEN="")[0])
