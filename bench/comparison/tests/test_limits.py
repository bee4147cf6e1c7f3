"""What is read from the output of programs."""

import unittest

from limits import transactions
from load import from_result
from long_list import used_heap
from process import Failure


class Free:
    """Costs of a round that cost nothing."""

    def per_request(self, requests):
        return {"proxy_cpu": 0.0, "catalogue_cpu": 0.0, "database_cpu": 0.0}


class OutputOfPrograms(unittest.TestCase):

    def test_durations_of_wrk_become_milliseconds(self):
        printed = ('Running 1s test\n\n{"requests": 2000, "duration": 1000000, "p50": 1500, "p90": 2000, "p99": 3000, "p999": 4500,'
                   ' "errors": 1, "error_statuses": 2}')
        measured = from_result(printed, Free(), 64)
        self.assertEqual((measured.per_second, measured.p50, measured.p999, measured.failed), (2000, 1.5, 4.5, 3))

    def test_pgbench_prints_number_and_rate(self):
        printed = "number of transactions actually processed: 120\nnumber of failed transactions: 0 (0.000%)\n" \
                  "initial connection time = 3.5 ms\ntps = 60.500000 (without initial connection time)\n"
        self.assertEqual(transactions(printed), (120, 60.5))

    def test_pgbench_without_a_result_fails_with_what_it_printed(self):
        with self.assertRaisesRegex(Failure, "no server"):
            transactions("no server")

    def test_heap_is_added_up_over_its_pools(self):
        page = ('jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.0E6\njvm_memory_used_bytes{area="heap",id="Tenured Gen"} 500000.0\n'
                'jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 7.0E6\n')
        self.assertEqual(used_heap(page), 1_500_000)
