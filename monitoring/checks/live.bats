#!/usr/bin/env bats
# A real Prometheus, Alertmanager and exporters monitor real services: every query of the dashboards results in something, every metric that
# an alert reads exists, and what Alertmanager sends and inhibits is what it should.
# shellcheck disable=SC2154 # variables come from setup_file
set -euo pipefail
bats_require_minimum_version 1.5.0

setup_file() {
    load ../../scripts/waiting
    load alertmanager
    load postgresql
    cd "$BATS_TEST_DIRNAME/.." || return
    work=$BATS_FILE_TMPDIR
    databases=$(mktemp -d) # not below the folder of bats, which only its owner may enter
    export databases
    read -r gateway gateway_operators catalogue catalogue_operators gateway_tls prometheus alertmanager node blackbox \
        receiver primary replica exporter1 exporter2 < <(../scripts/free-ports 14)
    export work gateway catalogue prometheus=localhost:$prometheus alertmanager=localhost:$alertmanager blackbox=localhost:$blackbox
    export node=localhost:$node receiver primary replica exporters="localhost:$exporter1 localhost:$exporter2"

    [ -n "${GATEWAY_METRICS:+${CATALOG_METRICS:+${GATEWAY_HTTPS:-}}}" ] || run_library
    start_databases "$databases" "$primary" "$replica"
    configure
    start receiver checks/receiver.py "$receiver"
    start node prometheus-node-exporter --web.listen-address="$node" --collector.textfile.directory="$work/textfile"
    start_postgres_exporter "$primary" "$exporter1"
    start_postgres_exporter "$replica" "$exporter2"
    start blackbox prometheus-blackbox-exporter --web.listen-address="$blackbox" --config.file=blackbox/blackbox.yml
    start alertmanager prometheus-alertmanager --config.file="$work/alertmanager.yml" --storage.path="$work/alertmanager" \
        --web.listen-address="$alertmanager" --cluster.listen-address=
    start prometheus prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/prometheus" \
        --web.listen-address="$prometheus"
}

teardown_file() {
    load postgresql
    local pid
    for pid in "$BATS_FILE_TMPDIR"/*.pid; do
        kill -- "-$(cat "$pid")" 2>/dev/null || true
    done
    stop_database "$databases" replica || true
    stop_database "$databases" primary || true
    rm -rf "$databases"
}

setup() {
    load ../../scripts/waiting
    load postgresql
    cd "$BATS_TEST_DIRNAME/.." || return
}

# In a process group of its own, so that what it starts ends with it.
start() { # NAME COMMAND...
    local name=$1
    shift
    set -m
    "$@" >"$work/$name.log" 2>&1 </dev/null 3>&- &
    echo "$!" >"$work/$name.pid"
    set +m
}

start_postgres_exporter() { # PORT_OF_POSTGRESQL PORT
    local statements=--collector.stat_statements
    prometheus-postgres-exporter --help 2>&1 | grep -q -e "$statements" || statements=--extend.query-path=checks/postgres-exporter-0.11.yml
    DATA_SOURCE_NAME="postgresql://monitoring@localhost:$1/postgres?sslmode=disable" \
        start "postgres-exporter-$2" prometheus-postgres-exporter --web.listen-address="localhost:$2" "$statements"
}

# Starts the library and uses it a little, also in ways that fail.
run_library() {
    local address=http://localhost:$gateway customer path
    # With HTTPS, whose certificate is monitored too, and with the metrics of spans, of which none are exported.
    openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
        -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
    KINOTEKA_GATEWAY_TLS_CERTIFICATE=$work/certificate.pem KINOTEKA_GATEWAY_TLS_PRIVATEKEY=$work/key.pem \
        KINOTEKA_GATEWAY_TLS_PORT=$gateway_tls KINOTEKA_GATEWAY_TRACING_ENDPOINT=http://localhost:1/ KINOTEKA_GATEWAY_TRACING_PROBABILITY=0 \
        SEED_COUNT=2000 start library make --no-print-directory -C .. run "ARGS=--gateway-port=$gateway --gateway-operators-port=$gateway_operators \
        --catalogue-port=$catalogue --catalogue-operators-port=$catalogue_operators"
    within 300 grep 'Ctrl-C stops everything' "$work/library.log" >/dev/null || {
        cat "$work/library.log"
        return 1
    }
    export GATEWAY_METRICS=localhost:$gateway_operators CATALOG_METRICS=localhost:$catalogue_operators GATEWAY_HTTPS=localhost:$gateway_tls
    customer=$(sed -n 's/^ *CUSTOMER=//p' "$work/library.log")
    for path in / /ping /db_dummy /api/movie /api/movie/1 /api/customer '/api/session?limit=10' /api/customer/1/orders /nowhere; do
        curl -s -o /dev/null "$address$path"
    done
    curl -s -o /dev/null -X POST "$address/db_dummy"
    curl -s -o /dev/null -H "Authorization: Bearer $customer" "$address/api/customer/1/orders"
}

# The very configuration, with the addresses of this run, and scrapes every 5 s instead of every 15, which a busy machine can do in time.
configure() {
    mkdir "$work/targets" "$work/rules" "$work/textfile"
    echo "database_backup_completed_timestamp_seconds $(date +%s)" >"$work/textfile/backups.prom"
    printf 'logs_lost_total{reason="rejected"} 0\nlogs_position_timestamp_seconds %s\n' "$(date +%s)" >"$work/textfile/logs.prom"
    printf 'kinoteka_release_info{release="0123456789ab",machine_files="0123456789ab"} 1\n' >"$work/textfile/kinoteka-release.prom"
    echo '[{"targets": ["localhost"], "labels": {"node": "here", "zone": "here"}}]' >"$work/targets/nodes.json"
    echo '[{"targets": ["localhost"], "labels": {"node": "monitoring", "zone": "here"}}]' >"$work/monitoring.json"
    local exporter
    for exporter in $exporters; do
        printf '[{"targets": ["%s"], "labels": {"node": "database-%s", "zone": "here"}}]' "$exporter" "${exporter#*:}"
    done | jq -s add >"$work/databases.json"
    echo "[{\"targets\": [\"https://$GATEWAY_HTTPS/ping\"], \"labels\": {\"__param_module\": \"https_any_certificate\"}}]" >"$work/public.json"

    sed -E -e 's/(scrape_\w+): 1[05]s$/\1: 5s/' -e 's/(evaluation_interval): 15s$/\1: 1s/' \
        -e "/job_name: gateway/,/replacement:/s/\\\$1:9090/$GATEWAY_METRICS/" -e "s/\\\$1:9091/$CATALOG_METRICS/" -e "s/\\\$1:9100/$node/" \
        -e "s/localhost:9115/$blackbox/" -e "s/\\\$1:9090/$prometheus/" -e "s/(\\\$1|localhost):9093/$alertmanager/" \
        prometheus/prometheus.yml >"$work/prometheus.yml"
    local rules
    for rules in prometheus/rules/*.yml; do
        sed -E 's/^( *interval): .*/\1: 1s/' "$rules" >"$work/rules/${rules##*/}"
    done
    alertmanager_here "http://localhost:$receiver" >"$work/alertmanager.yml"
}

# The result of a query, as a JSON array.
result() {
    curl -sSfG "http://$prometheus/api/v1/query" --data-urlencode "query=$1" | jq -c .data.result
}

some() {
    result "$1" | jq -e 'length > 0' >/dev/null || { echo "no series: $1"; return 1; }
}

none() {
    result "$1" | jq -e 'if length > 0 then .[].metric, false else true end'
}

rules() {
    curl -sSf "http://$prometheus/api/v1/rules" | jq -r ".data.groups[].rules[] | $1"
}

rules_evaluate() {
    local unwell
    unwell=$(rules 'select(.health != "ok") | "\(.name): \(.health) \(.lastError)"') || return
    echo "$unwell"
    [ -z "$unwell" ]
}

# Names with a colon are recorded from others; those of functions are followed by a parenthesis.
metrics_read() {
    rules .query | sed -E 's/\{[^}]*\}|(by|on) \([^)]*\)//g' | grep -oP '(?<![\w:])[a-z]\w*_\w+\b(?![\w:]|\s*\()' | sort -u
}

send_alert() {
    amtool --alertmanager.url="http://$alertmanager" alert add severity=warning "$@"
}

is_inhibited() { # ALERT MATCHER...
    amtool --alertmanager.url="http://$alertmanager" alert query --inhibited "alertname=$1" "${@:2}" | grep "$1"
}

is_sent() { # ALERT MATCHER...
    amtool --alertmanager.url="http://$alertmanager" alert query --active "alertname=$1" "${@:2}" | grep "$1"
}

is_received_twice() { # LINE
    [ "$(grep -cx "$1" "$work/receiver.log")" -ge 2 ]
}

probe() { # MODULE ADDRESS
    curl -sSf "http://$blackbox/probe?module=$1&target=$2" | sed -n 's/^probe_success //p'
}

@test "everything that prometheus.yml names is scraped" {
    within 90 some 'min(count_over_time(up[1m])) >= 5 and min(up) == 1 and count(count by (job) (up)) == 7'
}

@test "every rule is evaluated" {
    within 20 rules_evaluate
}

@test "every metric that an alert reads exists" {
    missing=$(for metric in $(metrics_read); do within 15 some "$metric" || true; done)
    echo "$missing"
    [ -z "$missing" ]
}

@test "every metric has the node and the zone of its machine, but for the public address" {
    none '{job=~".+", job!="public", zone=""}'
    none '{job=~".+", job!="public", node=""}'
}

read_and_query_budgets() {
    curl -sSk -o /dev/null "https://$GATEWAY_HTTPS/api/movie/1"
    some 'count(slo:error_budget_remaining:30d > 0 <= 1) == 2'
}

@test "the error budget is known for both promises as soon as a film is read" {
    within 60 read_and_query_budgets
}

# What depends on the machine that this runs on, and on services that have just started, is left out.
@test "no alert is about to fire while all is well" {
    none 'ALERTS{alertname!~"Watchdog|ProcessorBusy|MemoryShort|Disk.+|GarbageCollectionBusy|ErrorBudget.+"}'
}

@test "every query of every dashboard results in something" {
    faults=$(jq -r '.title as $dashboard | .panels[] | .title as $title | .targets[]? | ["\($dashboard), \($title): \(.legendFormat)", (.expr
        | gsub("\\$__rate_interval"; "1m") | gsub("\\$__range"; "1m") | gsub("\\$(host|endpoint|method)"; ".*"))] | join("\t")' grafana/dashboards/*.json |
        while IFS=$'\t' read -r panel query; do
            within 5 some "$query" >/dev/null || echo "$panel: $query"
        done)
    echo "$faults"
    [ -z "$faults" ]
}

# Of the replaced system, whose labels and buckets these were.
@test "the queries of the replaced system result in something" {
    while read -r query; do
        some "$query"
    done <<'END'
sum by (endpoint, status) (rate(requests_total[1m]))
sum(rate(requests_total{status!~"2.."}[1m])) / sum(rate(requests_total[1m]))
histogram_quantile(0.95, sum by (le, endpoint) (rate(request_duration_seconds_bucket{method="GET", status="200"}[1m])))
count by (endpoint) (count by (endpoint, le) (request_duration_seconds_bucket{le=~"0.0001|0.01|0.1|0.2|0.4"})) == 5
rate(request_duration_seconds_sum[1m]) / rate(request_duration_seconds_count[1m])
END
}

@test "the exporters tell the primary from its replica, which receives the log" {
    within 30 some 'count(pg_replication_is_replica == 0) == 1 and on () count(pg_replication_is_replica == 1) == 1'
    within 30 some 'count(pg_stat_replication_pg_wal_lsn_diff{state="streaming"}) == 1'
}

@test "a statement is counted with its time on the host that runs it" {
    query_database "$replica" 'SELECT pg_sleep(0.2)'
    id=$(query_database "$replica" "SELECT queryid FROM pg_stat_statements WHERE query LIKE 'SELECT pg_sleep%' LIMIT 1")
    within 20 some "pg_stat_statements_seconds_total{queryid=\"$id\", node=\"database-${exporters##*:}\"} >= 0.2"
    none "pg_stat_statements_calls_total{queryid=\"$id\", node!=\"database-${exporters##*:}\"}"
}

@test "the probe accepts a certificate that nobody has signed only in a trial, and no plain HTTP" {
    [ "$(probe https_any_certificate "https://$GATEWAY_HTTPS/ping")" = 1 ]
    [ "$(probe https "https://$GATEWAY_HTTPS/ping")" = 0 ]
    [ "$(probe https_any_certificate "http://$prometheus/-/healthy")" = 0 ]
}

@test "the probe fails at any other status" {
    [ "$(probe https_any_certificate "https://$GATEWAY_HTTPS/nowhere")" = 0 ]
}

@test "the watchdog reaches its own receiver, again and again, and a critical alert the other one" {
    send_alert alertname=DiskFull severity=critical node=c
    within 30 grep -x '/webhook DiskFull' "$work/receiver.log"
    within 150 is_received_twice '/watchdog Watchdog'
    run ! grep '/webhook Watchdog' "$work/receiver.log"
    run ! grep '/watchdog DiskFull' "$work/receiver.log"
}

@test "a node that is down inhibits the services on it, and those on no other node" {
    send_alert alertname=ServiceDown node=a job=gateway
    send_alert alertname=ServiceDown node=b job=gateway
    send_alert alertname=NodeDown node=a job=node
    within 10 is_inhibited ServiceDown node=a
    within 10 is_sent ServiceDown node=b
}

@test "an error budget that burns inhibits the ticket about itself, and about no other promise" {
    send_alert alertname=ErrorBudgetShrinks slo=availability
    send_alert alertname=ErrorBudgetShrinks slo=latency
    send_alert alertname=ErrorBudgetBurns slo=availability severity=critical
    within 10 is_inhibited ErrorBudgetShrinks slo=availability
    within 10 is_sent ErrorBudgetShrinks slo=latency
}

# The last tests, since they end what the others read.
@test "a replica that has lost its primary reports no lag and is counted as detached" {
    stop_database "$databases" primary
    within 60 some "pg_up{node=\"database-$(cut -d: -f2 <<<"${exporters% *}")\"} == 0"
    within 30 some "pg_replication_lag_seconds{node=\"database-${exporters##*:}\"} == 0"
    within 30 some 'ALERTS{alertname="DatabaseNoPrimary"}'
    within 30 some 'ALERTS{alertname="DatabaseNotMeasured"}'
}
