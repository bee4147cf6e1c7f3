#!/usr/bin/env bats
# Roots that are kept, on a machine on which several builds run at the same time and some are killed: image/builder/cache.py, with builds
# that take as long as a test wants.
set -euo pipefail
load ../../scripts/waiting

setup() {
    export PYTHONPATH=$BATS_TEST_DIRNAME/..
    cd "$BATS_TEST_TMPDIR"
    # Prints the folder of a name as image/layout does. A build writes one half, waits for the file "finish", and writes the other half.
    cat >entry.py <<'PYTHON'
import pathlib, sys, time
from builder import cache

def build(work):
    with open("builds", "a", encoding="utf-8") as log:
        log.write(f"{work.name}\n")
    (work / "half").touch()
    while not pathlib.Path("finish").exists():
        time.sleep(0.05)
    if pathlib.Path("broken").exists():
        sys.exit("broken")
    (work / "other-half").touch()

print(cache.entry(pathlib.Path("kept"), sys.argv[1], build))
PYTHON
}

entry() { # NAME
    python3 entry.py "$1"
}

# Starts a process, whose number is in $started.
start() { # OUTPUT NAME
    python3 entry.py "$2" >"$1.out" 2>&1 3>&- &
    started=$!
}

is_complete() { # NAME
    [ "$(find "kept/$1" -type f -printf '%f\n' | sort | xargs)" = 'half other-half' ]
}

@test "What was built once is not built again" {
    touch finish
    [ "$(entry gateway-1)" = kept/gateway-1 ]
    [ "$(entry gateway-1)" = kept/gateway-1 ]
    is_complete gateway-1
    [ "$(wc -l <builds)" = 1 ]
}

@test "A build that is not complete is not an entry" {
    start first gateway-1
    first=$started
    within 20 ls kept/building-gateway-1/half
    [ ! -e kept/gateway-1 ]
    touch finish
    wait "$first"
    is_complete gateway-1
}

@test "Of two builds at the same time, the second waits for the first and uses its result" {
    start first gateway-1
    first=$started
    within 20 ls kept/building-gateway-1/half
    start second gateway-1
    second=$started
    # It waits for the lock of the folder, which it has opened.
    opened() { find "/proc/$second/fd" -lname '*/building-gateway-1' | grep .; }
    within 20 opened
    touch finish
    wait "$first"
    wait "$second"
    [ "$(cat first.out second.out | uniq)" = kept/gateway-1 ]
    is_complete gateway-1
    [ "$(wc -l <builds)" = 1 ]
    [ "$(ls kept)" = gateway-1 ]
}

@test "Builds of two names at the same time do not disturb each other" {
    start first gateway-1
    first=$started
    start second seeder-1
    second=$started
    within 20 ls kept/building-gateway-1/half kept/building-seeder-1/half
    touch finish
    wait "$first"
    wait "$second"
    is_complete gateway-1
    is_complete seeder-1
}

@test "What a killed build has left is deleted, and the next one builds" {
    start first gateway-1
    first=$started
    start second seeder-1
    second=$started
    within 20 ls kept/building-gateway-1/half kept/building-seeder-1/half
    touch kept/building-gateway-1/only-in-the-first
    kill -KILL "$first" "$second"
    wait "$first" || true
    wait "$second" || true
    touch finish
    entry gateway-1
    is_complete gateway-1
    [ "$(ls kept)" = gateway-1 ]
}

@test "A build that fails leaves nothing" {
    touch finish broken
    run entry gateway-1
    [ "$status" = 1 ]
    [ -z "$(ls kept)" ]
    rm broken
    entry gateway-1
    is_complete gateway-1
}
