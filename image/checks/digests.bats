#!/usr/bin/env bats
# The same input gives the same digest, in the archive and in a registry.
set -euo pipefail
load images
load ../../scripts/waiting

teardown() {
    if [ -n "${registry:-}" ]; then
        kill "$registry"
    fi
}

@test "Built again, the images have the same digests" {
    local before
    before=$(each_program written_digest)
    make --no-print-directory image
    diff <(echo "$before") <(each_program written_digest)
}

@test "Pushed to a registry, the images have the digests of their archives" {
    local port address
    port=$(scripts/free-ports 1)
    address=127.0.0.1:$port
    cat >"$BATS_TEST_TMPDIR/registry.yml" <<CONF
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $BATS_TEST_TMPDIR/registry}}
http: {addr: "$address"}
CONF
    docker-registry serve "$BATS_TEST_TMPDIR/registry.yml" >"$BATS_TEST_TMPDIR/registry.log" 2>&1 3>&- &
    registry=$!
    within 30 curl -fsS "http://$address/v2/" || { cat "$BATS_TEST_TMPDIR/registry.log"; false; }
    make --no-print-directory push REGISTRY="$address/films"
    has_its_digest() {
        curl -fsS -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
            "http://$address/v2/films/$1/manifests/$(written_digest "$1")"
    }
    each_program has_its_digest
}
