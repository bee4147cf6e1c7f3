"""Counting by the metrics of the proxies, and when a round is not valid."""

import unittest
from unittest.mock import patch

import peers
from process import Failure
from rounds import Round

PAGES = {
    peers.OURS: 'requests_total{host="localhost",status="200",method="GET",endpoint="/db_dummy"} 7.0\n'
                'requests_total{host="localhost",status="201",method="POST",endpoint="/api/session"} 2\n'
                'requests_total{host="localhost",status="499",method="GET",endpoint="/db_dummy"} 1\n',
    peers.ENVOY: 'envoy_http_downstream_rq_xx{envoy_response_code_class="2",envoy_http_conn_manager_prefix="public"} 9\n'
                 'envoy_http_downstream_rq_xx{envoy_response_code_class="4",envoy_http_conn_manager_prefix="public"} 1\n',
    peers.HAPROXY: 'haproxy_frontend_http_responses_total{proxy="public",code="2xx"} 9\n'
                   'haproxy_frontend_http_responses_total{proxy="public",code="4xx"} 1\n'
                   'haproxy_frontend_http_responses_total{proxy="public",code="other"} 3\n'
                   'haproxy_frontend_http_responses_total{proxy="operators",code="2xx"} 5\n',
    peers.CADDY: 'caddy_http_request_duration_seconds_count{code="200",handler="subroute",method="GET",server="srv0"} 9\n'
                 'caddy_http_request_duration_seconds_count{code="499",handler="subroute",method="GET",server="srv0"} 1\n'
                 'caddy_http_request_duration_seconds_count{code="200",handler="static_response",method="GET",server="srv0"} 9\n',
    peers.SPRING: 'http_server_requests_seconds_count{method="GET",status="200",uri="UNKNOWN"} 9\n'
                  'http_server_requests_seconds_count{method="GET",status="400",uri="UNKNOWN"} 1\n'
                  'http_server_requests_seconds_count{method="GET",status="200",uri="/metrics"} 3\n',
}


class Traffic:
    connections = 2


class Counting(unittest.TestCase):

    def test_every_proxy_counts_by_the_first_digit_of_the_status(self):
        for counter, page in PAGES.items():
            with self.subTest(counter.series), patch("peers.get", return_value=(200, page)):
                self.assertEqual(counter.read(0), {"2": 9, "4": 1})

    def test_a_round_is_valid_if_the_metrics_counted_what_the_client_did(self):
        peer = peers.Peer("nginx", "", counter=peers.OURS, traffic=Traffic())
        peer.require_counted(Round(requests=10), {"2": 5}, {"2": 16, "4": 2})
        self.assertEqual(peer.counted, 11)

    def test_a_round_is_not_valid_if_requests_were_not_counted(self):
        peer = peers.Peer("nginx", "", counter=peers.OURS, traffic=Traffic())
        with self.assertRaisesRegex(Failure, "counted 9 good responses and 0 others"):
            peer.require_counted(Round(requests=10), {"2": 5}, {"2": 14})

    def test_a_round_is_not_valid_if_more_failed_than_clients_disconnected(self):
        peer = peers.Peer("nginx", "", counter=peers.OURS, traffic=Traffic())
        with self.assertRaisesRegex(Failure, "10 good responses and 3 others"):
            peer.require_counted(Round(requests=10), {}, {"2": 10, "5": 3})
