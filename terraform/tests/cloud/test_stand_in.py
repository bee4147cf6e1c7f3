import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path


class StandInTest(unittest.TestCase):
    def test_as_a_program_it_prints_its_address_and_serves(self):
        with subprocess.Popen([sys.executable, Path(__file__).with_name("stand_in.py")], stdout=subprocess.PIPE, text=True) as process:
            try:
                with self.assertRaises(urllib.error.HTTPError) as raised:
                    urllib.request.urlopen(process.stdout.readline().strip(), timeout=10)
                raised.exception.close()
                self.assertEqual(401, raised.exception.code)
            finally:
                process.kill()
