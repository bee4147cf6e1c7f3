"""When a participant is in its steady state."""

import unittest

from rounds import Round
from warm_up import is_steady


def periods(*costs, catalogue=300.0, failed=0):
    return [Round(requests=100, failed=failed, proxy_cpu=cost, catalogue_cpu=catalogue) for cost in costs]


class WarmUp(unittest.TestCase):

    def test_is_steady_if_the_later_half_costs_what_the_earlier_did(self):
        self.assertTrue(is_steady(periods(100, 102, 99, 100, 101, 100, 98, 100)))
        self.assertFalse(is_steady(periods(120, 118, 116, 114, 110, 108, 106, 104)))

    def test_is_not_steady_while_requests_fail_or_before_there_is_enough_to_compare(self):
        self.assertFalse(is_steady(periods(*[100] * 8, failed=1)))
        self.assertFalse(is_steady(periods(*[100] * 7)))

    def test_what_costs_next_to_nothing_is_steady(self):
        self.assertTrue(is_steady(periods(*[100] * 8, catalogue=0.1)))

    def test_the_catalogue_alone_has_no_proxy(self):
        self.assertTrue(is_steady([Round(requests=1, catalogue_cpu=300.0)] * 8))
