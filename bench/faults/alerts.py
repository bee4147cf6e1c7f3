"""Which alerts would fire if what happened between two scrapes went on: the rules of Prometheus, evaluated by promtool."""

import json
import re
import subprocess

from programs import ROOT

RULES = [ROOT / "monitoring/prometheus/rules" / name for name in ("budgets.yml", "requests.yml", "services.yml", "nodes.yml")]
METRICS = ("requests_total", "requests_failed_total", "request_duration_seconds", "upstream_", "ratelimit_", "client_connection", "event_loop_cpu_seconds_total")
STEP = 15  # seconds between scrapes
MINUTES = 15
TARGET = 'instance="node1:9090",job="gateway",node="node1"'


def firing(earlier, later, seconds, catalogues_up, folder):
    """
    The minute in which each alert fires first, by name. Counters go on at their rate between two scrapes, gauges keep their last value,
    and Prometheus can scrape so many of the three instances.
    """
    series = [
        {"series": labelled(name), "values": extrapolated(name, earlier.get(name, value), value, seconds)}
        for name, value in later.items() if name.startswith(METRICS)]
    series += [
        {"series": f'up{{instance="node{node}:9091",job="catalogue",node="node{node}"}}', "values": f"{int(node <= catalogues_up)}x{4 * MINUTES}"}
        for node in (1, 2, 3)]
    series += [{"series": f'up{{job="{job}",node="node{node}",instance="{job}{node}"}}', "values": f"1x{4 * MINUTES}"}
               for job in ("gateway", "node") for node in (1, 2, 3)]
    expressions = [{"expr": 'ALERTS{alertstate="firing"}', "eval_time": f"{minute}m", "exp_samples": []} for minute in range(1, MINUTES + 1)]
    test = folder / "alerts.json"  # JSON is YAML, too
    test.write_text(json.dumps({
        "rule_files": [str(rules) for rules in RULES],
        "evaluation_interval": f"{STEP}s",
        "tests": [{"interval": f"{STEP}s", "input_series": series, "promql_expr_test": expressions}]}))
    printed = subprocess.run(["promtool", "test", "rules", test], capture_output=True, text=True, check=False)
    return parse(printed.stdout + printed.stderr)


def labelled(name):
    metric, _, labels = name.partition("{")
    return f"{metric}{{{TARGET},{labels}" if labels else f"{metric}{{{TARGET}}}"


def extrapolated(name, earlier, later, seconds):
    is_counter = re.match(r"\w+_(total|bucket|count|sum)({|$)", name)
    return f"{later:.3f}+{(later - earlier) / seconds * STEP:.6f}x{4 * MINUTES}" if is_counter else f"{later:.3f}x{4 * MINUTES}"


def parse(printed):
    """promtool reports an expression with alerts as a failure, and names them; it has expected none."""
    first = {}
    for minute, alerts in re.findall(r"time: (\d+)m.*?\n(.*?)(?=\n\s*expr:|\Z)", printed, re.DOTALL):
        for alert in re.findall(r'alertname="(\w+)"', alerts):
            first[alert] = min(first.get(alert, MINUTES), int(minute))
    return first
