import json
import threading
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import programs

EXPECTED = {"release": "aaaaaaaaaaaa", "machine_files": "bbbbbbbbbbbb"}


class Prometheus:
    """A stand-in of Prometheus that knows two queries. Every other one is rejected, as a wrong expression is."""

    def __init__(self, up, running):
        series = {'up{job="gateway"}': [{"node": node} for node in up], "kinoteka_release_info": running}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                query = urllib.parse.parse_qs(url.query).get("query", [""])[0]
                known = url.path == "/api/v1/query" and query in series
                result = [{"metric": labels, "value": [0, "1"]} for labels in series.get(query, [])]
                content = {"status": "success", "data": {"resultType": "vector", "result": result}} if known else {"status": "error"}
                data = json.dumps(content).encode()
                self.send_response(200 if known else 400)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *unused):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.environment = {}

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *unused):
        self.server.shutdown()
        self.server.server_close()


def node(name, **differences):
    return {"__name__": "kinoteka_release_info", "node": name} | EXPECTED | differences


class CheckReleaseTest(unittest.TestCase):
    def check(self, up, running, expected=EXPECTED):
        prometheus = Prometheus(up, running)
        with prometheus as url:
            process = programs.start(prometheus, "check-release", "-", url)
            process.stdin.write(json.dumps(expected))
            return programs.finish(process)

    def test_all_nodes_run_the_release(self):
        code, output, errors = self.check(["a", "b"], [node("a"), node("b")])
        self.assertEqual((0, ""), (code, errors))
        runs = "runs release aaaaaaaaaaaa with machine files bbbbbbbbbbbb"
        self.assertEqual(f"a: {runs}\nb: {runs}\n", output)

    def test_a_node_with_another_release_or_other_files_is_named(self):
        code, output, errors = self.check(["a", "b", "c"], [node("a"), node("b", release="old"), node("c", machine_files="old")])
        self.assertEqual((1, "check-release: nodes that run something else: b, c\n"), (code, errors))
        self.assertIn("b: release old (expected: aaaaaaaaaaaa)\nc: machine_files old (expected: bbbbbbbbbbbb)\n", output)

    def test_a_node_that_does_not_report_is_named(self):
        code, output, errors = self.check(["a", "b"], [node("a")])
        self.assertEqual((1, "check-release: nodes that run something else: b\n"), (code, errors))
        self.assertIn("b: does not report its release\n", output)

    def test_a_node_that_reports_two_releases_is_named(self):
        code, _, errors = self.check(["a"], [node("a", release="old"), node("a")])
        self.assertEqual((1, "check-release: nodes that run something else: a\n"), (code, errors))

    def test_no_node_is_an_error(self):
        code, _, errors = self.check([], [])
        self.assertEqual(1, code)
        self.assertIn("knows no node", errors)

    def test_an_incomplete_expectation_is_an_error(self):
        code, _, errors = self.check(["a"], [node("a")], {"release": "aaaaaaaaaaaa"})
        self.assertEqual((1, "check-release: -: missing: machine_files\n"), (code, errors))

    def test_a_prometheus_that_is_away_is_an_error(self):
        prometheus = Prometheus([], [])
        prometheus.server.server_close()
        process = programs.start(prometheus, "check-release", "-", f"http://127.0.0.1:{prometheus.server.server_port}")
        process.stdin.write(json.dumps(EXPECTED))
        code, _, errors = programs.finish(process)
        self.assertEqual((1, 1), (code, errors.count("\n")))
        self.assertIn("Connection refused", errors)
