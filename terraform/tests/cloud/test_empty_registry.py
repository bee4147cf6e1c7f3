import unittest

import programs
from stand_in import StandIn


class EmptyRegistryTest(unittest.TestCase):
    def setUp(self):
        self.cloud = self.enterContext(StandIn())
        self.cloud.registry.registries = {"crp1": [f"image{number}" for number in range(5)], "crp2": ["other"]}

    def empty(self, registry="crp1"):
        return programs.run(self.cloud, "empty-registry", registry)

    def test_deletes_the_images_of_all_pages_and_of_this_registry_only(self):
        self.assertEqual((0, "crp1: 5 images were deleted.\n", ""), self.empty())
        self.assertEqual({"crp1": [], "crp2": ["other"]}, self.cloud.registry.registries)

    def test_an_empty_registry_stays_empty(self):
        self.empty()
        self.assertEqual((0, "crp1: 0 images were deleted.\n", ""), self.empty())

    def test_a_registry_that_does_not_exist_is_empty(self):
        self.assertEqual((0, "crp3: 0 images were deleted.\n", ""), self.empty("crp3"))

    def test_an_image_that_another_deletes_meanwhile_is_no_error(self):
        images = self.cloud.registry.registries["crp1"]
        self.cloud.operations.may_end = lambda operation: "image3" not in images or images.remove("image3") is None
        self.assertEqual((0, "crp1: 4 images were deleted.\n", ""), self.empty())
        self.assertEqual([], images)

    def test_a_missing_right_is_an_error(self):
        self.cloud.forbidden = {"/container-registry/v1/images/"}
        code, _, errors = self.empty()
        self.assertEqual(1, code)
        self.assertRegex(errors, "^empty-registry: DELETE .* returned 403: Permission denied\n$")
