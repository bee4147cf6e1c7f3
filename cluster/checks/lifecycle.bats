#!/usr/bin/env bats
# shellcheck disable=SC2154 # stderr is a variable of bats
# A cluster is created, runs, is closed to strangers, is found again by a second `up`, and leaves nothing behind.
set -euo pipefail
bats_require_minimum_version 1.5.0

setup_file() {
    folder=$(mktemp -d /var/tmp/kinoteka-check.XXXXXX)
    chmod 755 "$folder"
    export folder KINOTEKA_CLUSTER=$folder/cluster SEED_COUNT=1000 ANALYST_NAMES=alice,bob KINOTEKA_CATALOG_DATABASE_POOL_SIZE=4
    cluster/cluster up >"$folder/up.log" 3>&- || { cat "$folder/up.log"; tail -n 20 "$KINOTEKA_CLUSTER"/log/*.log; return 1; }
}

teardown_file() {
    cluster/cluster down || true # the last test has done it if all went well
    rm -rf "$folder"
}

setup() {
    load ../../scripts/waiting
    load people
}

owner() { # PORT SQL
    PGPASSWORD=$(cat "$KINOTEKA_CLUSTER/passwords/owner") psql -XAtc "$2" "host=127.0.0.1 port=$1 user=kinoteka_owner dbname=kinoteka
        sslmode=verify-full sslrootcert=$KINOTEKA_CLUSTER/ca/ca.crt connect_timeout=3"
}

as_client() { # COMMAND...
    local tls=$KINOTEKA_CLUSTER/client
    curl -fsS --max-time 5 --cacert "$tls/ca.crt" --cert "$tls/node.pem" "$@"
}

@test "The end of up names addresses and commands" {
    grep -q "^The cluster is ready" "$folder/up.log"
    grep -q "primary      127.0.0.1:5001" "$folder/up.log"
    run ! grep -Fq "$(cat "$KINOTEKA_CLUSTER/passwords/postgres")" "$folder/up.log"
}

@test "Patroni lists a leader, a synchronous standby and a replica, which all run" {
    list=$(patronictl -c "$KINOTEKA_CLUSTER/postgres1/patroni.yaml" list --format tsv)
    [ "$(grep -c running <<<"$list")" = 3 ]
    within 30 some_synchronous_standby
}

some_synchronous_standby() {
    patronictl -c "$KINOTEKA_CLUSTER/postgres1/patroni.yaml" list | grep -q "Sync Standby"
}

@test "HAProxy leads to the primary, to a replica, and has a page of statistics and metrics" {
    [ "$(owner 5001 'select pg_is_in_recovery()')" = f ]
    [ "$(owner 5002 'select pg_is_in_recovery()')" = t ]
    grep -q "Statistics Report for HAProxy" <(curl -fsS http://127.0.0.1:7001/)
    grep -q haproxy_server_status <(curl -fsS http://127.0.0.1:7001/metrics)
}

@test "The API serves the sample data through the gateway" {
    [ "$(curl -fsS -H 'Accept: application/x-ndjson' 'http://127.0.0.1:8080/api/session?limit=1000' | wc -l)" = 1000 ]
    [ "$(owner 5001 'select count(*) from sessions')" = 1000 ]
}

@test "The service's role reads and writes rows, and does not own the schema" {
    [ "$(owner 5001 "select tableowner from pg_tables where tablename = 'movies'")" = kinoteka_owner ]
    [ "$(owner 5001 "select has_table_privilege('kinoteka', 'movies', 'truncate')")" = f ]
    [ "$(owner 5001 "select has_table_privilege('kinoteka', 'movies', 'update')")" = t ]
}

@test "Data have checksums, and commits wait for a replica" {
    [ "$(owner 5001 'show data_checksums')" = on ]
    [ -n "$(owner 5001 'show synchronous_standby_names')" ]
}

@test "PostgreSQL accepts neither plain text, nor a wrong password, nor the superuser from outside of the network" {
    export PGPASSWORD
    PGPASSWORD=$(cat "$KINOTEKA_CLUSTER/passwords/owner")
    run -2 psql -XAtc "select 1" "host=127.0.0.1 port=5001 user=kinoteka_owner dbname=kinoteka sslmode=disable connect_timeout=3"
    [[ $output == *"no encryption"* ]]
    PGPASSWORD=wrong run -2 psql -XAtc "select 1" "host=127.0.0.1 port=5001 user=kinoteka_owner dbname=kinoteka connect_timeout=3"
    [[ $output == *"password authentication failed"* ]]
    run -2 psql -XAtc "select 1" "host=127.0.0.1 port=5001 user=replicator dbname=kinoteka connect_timeout=3"
    [[ $output == *"reject"* ]]
}

@test "Patroni and etcd accept only clients with a certificate of the cluster" {
    ca=$KINOTEKA_CLUSTER/ca/ca.crt
    as_client https://10.83.0.11:8008/cluster >/dev/null
    run ! curl -fsS --max-time 5 --cacert "$ca" https://10.83.0.11:8008/cluster
    as_client https://10.83.0.21:2379/health >/dev/null
    run ! curl -fsS --max-time 5 --cacert "$ca" https://10.83.0.21:2379/health
    run ! curl -fsS --max-time 5 http://10.83.0.21:2379/health
}

@test "No password is in the log of PostgreSQL or in its statistics of statements" {
    monitoring=$(cat "$KINOTEKA_CLUSTER/passwords/monitoring")
    psql_as monitoring "$monitoring" "select query from pg_stat_statements" >"$folder/statements"
    grep -qi select "$folder/statements"
    for password in "$KINOTEKA_CLUSTER"/passwords/*; do
        run ! grep -qF "$(cat "$password")" "$folder/statements"
        run ! grep -rqF "$(cat "$password")" "$KINOTEKA_CLUSTER/log"
    done
}

@test "Passwords and keys can only be read by root and by those who need them" {
    [ -z "$(find "$KINOTEKA_CLUSTER/passwords" -type f -perm /077)" ]
    [ -z "$(find "$KINOTEKA_CLUSTER" \( -name '*.key' -o -name node.pem -o -name supervisord.conf \) -perm /077)" ]
    run ! setpriv --reuid=nobody --clear-groups ls "$KINOTEKA_CLUSTER/passwords"
}

password_of() { # ANALYST
    sed -n "s/^The password of $1, which is not shown again: //p" "$folder/up.log"
}

@test "An analyst reads the library, and neither personal data nor stored responses" {
    alice=$(password_of alice)
    [ "$(psql_as alice "$alice" 'select count(*) from sessions')" = 1000 ]
    [ -n "$(psql_as alice "$alice" 'select username from customers limit 1')" ]
    for column in email name mid_name surname birthday password_hash last_logon_at '*'; do
        refused alice "$alice" "permission denied for table customers" "select $column from customers"
    done
    refused alice "$alice" "permission denied" "select * from idempotency_keys"
}

@test "An analyst changes nothing, and becomes nobody else" {
    alice=$(password_of alice)
    while IFS='|' read -r message sql; do
        PGOPTIONS="-c default_transaction_read_only=off" refused alice "$alice" "$message" "$sql"
    done <<'ATTEMPTS'
permission denied|update movies set title = 'x'
permission denied|insert into ratings default values
permission denied|delete from sessions
permission denied|truncate sessions
must be owner|drop table sessions
permission denied|create table mine (i int)
permission denied|create schema mine
permission denied|create temporary table mine (i int)
must be superuser|copy movies to '/tmp/movies'
must be superuser|copy (select 1) to program 'id'
permission denied|select pg_read_file('/etc/passwd')
permission denied|select pg_stat_reset()
permission denied|select lo_from_bytea(0, 'x')
permission denied|set temp_file_limit = -1
permission denied|set role kinoteka_owner
permission denied|set role kinoteka
permission denied|set role monitoring
permission denied|alter role alice createdb
permission denied|select passwd from pg_shadow
ATTEMPTS
    refused alice "$(password_of bob)" "password authentication failed" "select 1"
    PGPASSWORD=$alice run -2 psql -XAtqc "select 1" "host=127.0.0.1 port=5001 user=alice dbname=postgres connect_timeout=3"
    [[ $output == *"permission denied for database"* ]]
    refused alice alice_123 "password authentication failed" "select 1"
}

@test "Personal data are granted to one analyst, and taken back" {
    alice=$(password_of alice)
    cluster/cluster grant-personal alice
    psql_as alice "$alice" "select email from customers limit 1" | grep -q @
    refused alice "$alice" "permission denied" "select password_hash from customers"
    refused bob "$(password_of bob)" "permission denied" "select email from customers"
    cluster/cluster revoke-personal alice
    refused alice "$alice" "permission denied" "select email from customers"
    run -1 --separate-stderr cluster/cluster grant-personal mallory
    [ "$stderr" = "mallory (expected: one of ANALYST_NAMES: alice, bob)" ]
}

@test "Monitoring reads statistics and no rows, and the service neither creates nor drops" {
    monitoring=$(cat "$KINOTEKA_CLUSTER/passwords/monitoring") service=$(cat "$KINOTEKA_CLUSTER/passwords/service")
    psql_as monitoring "$monitoring" "select query from pg_stat_statements limit 1" >/dev/null
    refused monitoring "$monitoring" "permission denied" "select * from movies"
    refused monitoring "$monitoring" "permission denied" "set role analytic"
    refused kinoteka "$service" "permission denied" "create table mine (i int)"
    refused kinoteka "$service" "must be owner" "drop table sessions"
    refused kinoteka "$service" "permission denied" "set role kinoteka_owner"
}

@test "An analyst who is not named any more cannot log in, and a password is reset by a command" {
    bob=$(password_of bob)
    ANALYST_NAMES=alice cluster/cluster up >"$folder/again.log" 3>&-
    refused bob "$bob" "password authentication failed" "select 1"
    [ "$(psql_as monitoring "$(cat "$KINOTEKA_CLUSTER/passwords/monitoring")" "select rolcanlogin from pg_roles where rolname = 'bob'")" = f ]
    run ! grep "The password of" "$folder/again.log"
    cluster/cluster up >"$folder/again.log" 3>&-
    refused bob "$bob" "password authentication failed" "select 1"
    again=$(sed -n "s/^The password of bob, which is not shown again: //p" "$folder/again.log")
    [ "$(psql_as bob "$again" 'select 1')" = 1 ]
    new=$(cluster/cluster reset-password bob)
    [ "$(psql_as bob "${new#bob: }" 'select 1')" = 1 ]
    refused bob "$again" "password authentication failed" "select 1"
}

@test "A second up changes nothing that runs" {
    before=$(supervisorctl -c "$KINOTEKA_CLUSTER/supervisord.conf" status | awk '{print $1, $2, $4}')
    cluster/cluster up 3>&-
    [ "$(supervisorctl -c "$KINOTEKA_CLUSTER/supervisord.conf" status | awk '{print $1, $2, $4}')" = "$before" ]
    [ "$(owner 5001 'select count(*) from sessions')" = 1000 ]
}

@test "The cluster of another folder is refused and named" {
    KINOTEKA_CLUSTER=$folder/other run -1 --separate-stderr cluster/cluster up
    [[ $stderr == "The cluster in $KINOTEKA_CLUSTER runs on this machine (expected: one at a time; "* ]]
    KINOTEKA_CLUSTER=$folder/other run -1 --separate-stderr cluster/cluster down
    [ ! -e "$folder/other" ]
}

@test "A stopped cluster starts again with its data" {
    owner 5001 "create table kept as select 'Зеркало' as title"
    cluster/cluster stop
    [ -z "$(ip netns list)" ]
    cluster/cluster up 3>&-
    [ "$(owner 5001 'select title from kept')" = Зеркало ]
}

metric() { # NAME
    curl -fsS http://10.83.0.31:9854/metrics | grep "^$1 "
}

restored_for_a_test() {
    [ "$(metric database_restore_test_succeeded)" = "database_restore_test_succeeded 1" ]
}

@test "A backup was made, encrypted, and could be restored with the same checksums" {
    within 180 restored_for_a_test || { tail -n 5 "$KINOTEKA_CLUSTER/log/backup-schedule.log"; return 1; }
    metric database_backup_completed_timestamp_seconds
    grep -q "the checksums of [1-9][0-9] tables are those of a replica" "$KINOTEKA_CLUSTER/log/backup-schedule.log"
    [ -z "$(ls -A "$KINOTEKA_CLUSTER/backup/restored" 2>/dev/null)" ]
    backup=$(find "$KINOTEKA_CLUSTER/backup/repository/backup" -name backup.manifest | head -n 1)
    [ "$(head -c 8 "$backup")" = Salted__ ]
}

@test "A restore that is not possible is refused and changes nothing" {
    while IFS='|' read -r to confirmation expected; do
        # shellcheck disable=SC2086 # no confirmation is no argument
        run -1 --separate-stderr cluster/cluster restore --to "$to" $confirmation
        [[ $stderr == *"$expected"* ]] || { echo "$stderr"; return 1; }
    done <<'RESTORES'
2020-01-01 00:00:00+00:00|--yes|after the oldest backup
2999-01-01 00:00:00+00:00|--yes|a time in the past
2026-01-01 00:00:00|--yes|a time with its offset from UTC
yesterday|--yes|a time with its offset from UTC
2020-01-01 00:00:00+00:00||expected: --yes
RESTORES
    [ "$(owner 5001 'select title from kept')" = Зеркало ]
}

@test "The cluster is restored to the second before a table was dropped, and goes on from there" {
    sleep 1.1 # a second in which nothing is written
    before=$(date -u '+%Y-%m-%d %H:%M:%S+00:00')
    sleep 1.1
    owner 5001 "drop table kept"
    cluster/cluster restore --to "$before" --yes
    within 30 owner 5001 'select title from kept'
    [ "$(owner 5001 'select title from kept')" = Зеркало ]
    within 60 some_synchronous_standby
    owner 5001 "create table written_afterwards as select 1 as one"
    cluster/cluster backup
    [ "$(curl -fsS -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/api/movie?limit=1)" = 200 ]
}

@test "After down nothing is left" {
    cluster/cluster down
    [ -z "$(ip netns list)" ]
    [ ! -e "$KINOTEKA_CLUSTER" ]
    run ! ip link show kinoteka0
    run -1 pgrep -a 'patroni|postgres|etcd|haproxy|supervisord|java'
}
