#!/usr/bin/env bats
# What cannot work is refused in one line, with exit status 1, before anything is done.
# shellcheck disable=SC2030,SC2031,SC2154 # variables are exported for one test; stderr is a variable of bats
set -euo pipefail
bats_require_minimum_version 1.5.0

setup() {
    folder=$(mktemp -d /var/tmp/kinoteka-check.XXXXXX)
    chmod 755 "$folder"
    export KINOTEKA_CLUSTER=$folder/cluster
}

teardown() {
    if mountpoint -q "$folder"; then umount "$folder"; fi
    rm -rf "$folder"
}

# Runs `up`, which must fail with one line that begins like this, and leave nothing behind.
refuses() { # START_OF_LINE
    run -1 --separate-stderr cluster/cluster up
    if [ "$(wc -l <<<"$stderr")" != 1 ] || [[ $stderr != "$1"* ]]; then
        echo "expected: $1" "found: $stderr"
        return 1
    fi
    [ -z "$(ip netns list)" ]
    run ! ip link show kinoteka0
}

@test "Settings that are not valid are refused by their names" {
    while IFS= read -r line; do
        (export "${line?}" && refuses "${line%%=*}: ")
    done <<'SETTINGS'
SEED_COUNT=many
SEED_COUNT=0
SEED_COUNT=100000001
NODES=1
NODES=4
SYNCHRONOUS=maybe
BACKUP_RETENTION_COUNT=0
BACKUP_RETENTION_COUNT=-1
BACKUP_INTERVAL_CRON=0
BACKUP_INTERVAL_CRON=-5
BACKUP_INTERVAL_CRON=61 * * * *
BACKUP_INTERVAL_CRON=* * * *
BACKUP_INTERVAL_CRON=* * * * * *
BACKUP_INTERVAL_CRON=hourly
MIGRATION_VERSION=latest
ANALYST_NAMES=alice,Bob
ANALYST_NAMES=alice;drop table movies
ANALYST_NAMES=alice,alice
ANALYST_NAMES=postgres
ANALYST_NAMES=kinoteka_owner
CREATOR_NAME=pg_owner
CREATOR_NAME=1st
MY_DB=template1
MY_DB=a-b
CLUSTER_NETWORK=10.83
CLUSTER_NETWORK=8.8.8
KINOTEKA_CLUSTER=relative
KINOTEKA_CLUSTER=/
KINOTEKA_CLUSTER=/var/tmp/../etc
SETTINGS
    [ ! -e "$KINOTEKA_CLUSTER" ]
}

@test "A version of the schema that does not exist is refused" {
    MIGRATION_VERSION=999 refuses "MIGRATION_VERSION: 999 (expected: "
}

@test "A port that another program uses is refused" {
    python3 -m http.server --bind 127.0.0.1 5001 >/dev/null 2>&1 3>&- &
    server=$!
    until curl -s -o /dev/null http://127.0.0.1:5001/; do sleep 0.1; done
    refuses "Port 5001 is used by another program"
    kill "$server"
    [ ! -e "$KINOTEKA_CLUSTER" ]
}

@test "A network that this machine has already is refused" {
    ip link add other type veth peer name other-end
    ip address add 10.83.0.77/24 dev other
    refuses "CLUSTER_NETWORK: 10.83.0 (expected: another network, because other has 10.83.0.77)"
    ip link delete other
}

@test "Data of another version of PostgreSQL are refused and stay as they are" {
    mkdir -p "$KINOTEKA_CLUSTER/postgres1/data"
    echo 9 >"$KINOTEKA_CLUSTER/postgres1/data/PG_VERSION"
    touch "$KINOTEKA_CLUSTER/settings.env"
    refuses "$KINOTEKA_CLUSTER/postgres1/data has data of PostgreSQL 9 (expected: "
    [ "$(find "$KINOTEKA_CLUSTER" -type f | wc -l)" = 2 ]
}

@test "Another number of servers than the cluster was created with is refused" {
    mkdir -p "$KINOTEKA_CLUSTER"/postgres{1,2,3}
    touch "$KINOTEKA_CLUSTER/settings.env"
    NODES=2 refuses "NODES: 2 (expected: 3, with which $KINOTEKA_CLUSTER was created"
}

@test "A disk without space is refused" {
    mount -t tmpfs -o size=100m tmpfs "$folder"
    refuses "$folder has 100 MiB of free space (expected: at least "
}

@test "A folder that etcd and PostgreSQL cannot reach is refused" {
    chmod 700 "$folder"
    refuses "$KINOTEKA_CLUSTER cannot be reached by the user etcd"
}

@test "A folder with other files is neither used nor deleted" {
    mkdir "$KINOTEKA_CLUSTER"
    echo precious >"$KINOTEKA_CLUSTER/letters"
    refuses "KINOTEKA_CLUSTER: $KINOTEKA_CLUSTER (expected: a new or empty folder, or that of a cluster)"
    for command in down stop; do
        run -1 --separate-stderr cluster/cluster "$command"
        [ "$stderr" = "There is no cluster in $KINOTEKA_CLUSTER (expected: one that \`make cluster\` has created)" ]
    done
    [ "$(cat "$KINOTEKA_CLUSTER/letters")" = precious ]
}

@test "A user who is not root is told what to do" {
    run -1 --separate-stderr setpriv --reuid=nobody --clear-groups cluster/cluster up
    [ "$stderr" = "The cluster needs Linux and root, for network namespaces and users of their own (sudo make cluster)" ]
}

@test "An unknown command prints the usage" {
    run -1 --separate-stderr cluster/cluster start
    [[ $stderr == *"cluster/cluster COMMAND"* ]]
}
