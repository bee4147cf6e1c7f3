#!/usr/bin/env bats
# Nothing that was acknowledged is lost, nothing is done twice and nothing is read too old while the primary changes. `make ledger` does the same
# with all faults.
set -euo pipefail
bats_require_minimum_version 1.5.0

@test "A killed primary and a switchover lose, double and outdate nothing" {
    bench/ledger/measure --only postgresql,switchover 3>&-
}
