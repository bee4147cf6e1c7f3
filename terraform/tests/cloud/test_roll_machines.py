import unittest

import programs
from rejection import Rejection
from stand_in import StandIn

GROUP = "/compute/v1/instanceGroups/g1"


class RollMachinesTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.compute.add_group("g1", 3, {"user-data": "old files"})
        self.group = self.cloud.compute.groups["g1"]
        self.before = self.instances()

    def instances(self):
        return [member["instanceId"] for member in self.group["members"].values()]

    def recreations(self):
        return self.cloud.requests.count(("POST", f"{GROUP}:rollingRecreate"))

    def roll(self, files, **variables):
        return programs.run(self.cloud, "roll-machines", "g1", files, **variables)

    def change_files(self):
        """What Terraform does before: the template changes, and the instances restart."""
        self.group["labels"] = {"machine-files": "old", "owner": "films"}
        self.group["instanceTemplate"]["metadata"] = {"user-data": "new files"}

    def test_a_new_group_gets_the_label_only(self):
        self.assertEqual((0, ""), self.roll("new")[::2])
        self.assertEqual(({"machine-files": "new"}, 0), (self.group["labels"], self.recreations()))

    def test_the_same_files_change_nothing(self):
        self.group["labels"] = {"machine-files": "old"}
        self.assertEqual((0, ""), self.roll("old")[::2])
        self.assertEqual([], self.cloud.operations.journal)

    def test_changed_files_replace_all_instances_once(self):
        self.change_files()
        self.assertEqual((0, ""), self.roll("new")[::2])
        self.assertEqual(set(), set(self.before) & set(self.instances()))
        self.assertEqual([{"user-data": "new files"}] * 3, [member["first_boot"] for member in self.group["members"].values()])
        self.assertEqual({"machine-files": "new", "owner": "films"}, self.group["labels"])
        self.assertEqual((0, ""), self.roll("new")[::2])
        self.assertEqual(1, self.recreations())

    def test_an_interrupted_call_continues(self):
        self.change_files()
        self.cloud.operations.may_end = lambda operation: not operation["metadata"]["@type"].endswith("RollingRecreateMetadata")
        code, _, errors = self.roll("new", KINOTEKA_DEADLINE="2")
        self.assertEqual(1, code)
        self.assertIn("not done within 2 s: operation op2 has not ended", errors)
        self.assertEqual("old", self.group["labels"]["machine-files"])
        self.cloud.operations.may_end = lambda operation: True
        code, output, errors = self.roll("new")
        self.assertEqual((0, ""), (code, errors))
        self.assertIn("waits for the operation op2", output)
        self.assertEqual(1, self.recreations())
        self.assertEqual({"machine-files": "new", "owner": "films"}, self.group["labels"])
        self.assertEqual(set(), set(self.before) & set(self.instances()))

    def test_an_interrupted_call_with_other_files_is_not_continued(self):
        self.change_files()
        self.group["labels"]["machine-files-next"] = "older"
        self.cloud.operations.start("g1", "compute.v1.instancegroup.RollingRecreateMetadata")
        self.assertEqual(0, self.roll("new")[0])
        self.assertEqual(set(), set(self.before) & set(self.instances()))
        self.assertEqual(1, self.recreations())

    def test_a_failed_operation_leaves_the_label_and_is_tried_again(self):
        self.change_files()
        self.cloud.operations.failing = [None, "no resources"]
        code, _, errors = self.roll("new")
        self.assertEqual((1, "roll-machines: operation op2 failed: no resources\n"), (code, errors))
        self.assertEqual(("old", self.before), (self.group["labels"]["machine-files"], self.instances()))
        self.assertEqual(0, self.roll("new")[0])
        self.assertEqual(2, self.recreations())

    def test_instances_that_are_still_the_old_ones_leave_the_label(self):
        self.change_files()
        old = iter(list(self.group["members"].values()))
        self.cloud.compute.boot = lambda metadata: next(old)
        code, _, errors = self.roll("new", KINOTEKA_DEADLINE="1")
        self.assertEqual(1, code)
        self.assertIn(f"instances of group g1 are still the old ones: {', '.join(self.before)}", errors)
        self.assertEqual("old", self.group["labels"]["machine-files"])

    def test_another_operation_of_the_group_is_waited_for(self):
        self.change_files()
        self.cloud.failures = [None, Rejection.failed_precondition('conflicting operation "op0" detected')]
        self.assertEqual((0, ""), self.roll("new")[::2])

    def test_a_hash_that_no_label_may_have_is_wrong_usage(self):
        code, _, errors = self.roll("f" * 64)
        self.assertEqual(2, code)
        self.assertIn("expected: 1..63 characters", errors)
        self.assertEqual([], self.cloud.requests)
