#!/usr/bin/env python3
"""Receives what Alertmanager sends and prints a line for each alert, PATH and name of the alert: receiver.py PORT"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for alert in message["alerts"]:
            print(self.path, alert["labels"]["alertname"], flush=True)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *unused):
        pass


HTTPServer(("localhost", int(sys.argv[1])), Receiver).serve_forever()
