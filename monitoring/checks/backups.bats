#!/usr/bin/env bats
# The age of the newest backup, as the monitoring node asks the cloud for it.
set -euo pipefail
bats_require_minimum_version 1.5.0

@test "the time of the newest backup is exported, whatever the cloud responds" {
    python3 -m unittest monitoring/checks/test_backups.py
}
