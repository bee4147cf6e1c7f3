#!/usr/bin/env bats
# What can be said about the files without running anything.
set -euo pipefail
bats_require_minimum_version 1.5.0

setup() {
    load alertmanager
    cd "$BATS_TEST_DIRNAME/.." || return
}

alerts() {
    sed -n 's/^ *- alert: //p' prometheus/rules/*.yml | tr '[:upper:]' '[:lower:]' | sort
}

runbooks() {
    sed -n 's/^ *runbook: docs\/monitoring\.md#//p' prometheus/rules/*.yml | sort
}

page() {
    grep -o '<a id="[a-z]*">' ../docs/monitoring.md | cut -d'"' -f2 | sort
}

# The alerts of a severity, from rules whose labels follow on a line of their own.
alerts_of() {
    awk -v severity="$1" '/^ *- alert: / { alert = $3 } $0 ~ "^ *labels: {severity: (" severity ")}$" { print alert }' prometheus/rules/*.yml
}

@test "Prometheus accepts its configuration" {
    promtool check config prometheus/prometheus.yml
}

@test "Prometheus accepts the rules, none is there twice" {
    promtool check rules prometheus/rules/*.yml
}

@test "every alert fires when it should and is silent when it should not" {
    promtool test rules prometheus/tests/*.yml
}

@test "every alert has a test that names it" {
    sed -n 's/^ *- alert: //p' prometheus/rules/*.yml | while read -r alert; do
        grep -qE "\balertname(: |=\")$alert\b" prometheus/tests/*.yml || { echo "no test: $alert"; return 1; }
    done
}

@test "every alert is critical or a warning, but for the watchdog, which has no severity" {
    [ "$(alerts_of 'critical|warning|none' | sort)" = "$(sed -n 's/^ *- alert: //p' prometheus/rules/*.yml | sort)" ]
    [ "$(alerts_of none)" = Watchdog ]
}

@test "every alert is explained in docs/monitoring.md, and no other is" {
    diff <(alerts) <(runbooks)
    diff <(alerts) <(page)
}

@test "Alertmanager accepts its configuration" {
    amtool check-config <(alertmanager_here)
}

@test "the blackbox exporter accepts its modules" {
    prometheus-blackbox-exporter --config.check --config.file=blackbox/blackbox.yml
}

@test "every dashboard is well formed" {
    uid=$(sed -n 's/^ *uid: //p' grafana/provisioning/datasources/*.yml)
    for dashboard in grafana/dashboards/*.json; do
        faults=$(jq -r --arg uid "$uid" -f checks/dashboard-faults.jq "$dashboard")
        [ -z "$faults" ] || { echo "$dashboard: $faults"; return 1; }
    done
}

@test "Grafana, which has no TLS, listens on the loopback address only" {
    grep -qx ' *GF_SERVER_HTTP_ADDR: 127\.0\.0\.1' ../cloud-init/monitoring/etc/kinoteka/compose.yaml
}
