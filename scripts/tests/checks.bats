#!/usr/bin/env bats
# How the checks of all folders are run and counted: in a project of its own, whose only folders are those that a test adds.
set -euo pipefail
bats_require_minimum_version 1.5.0

setup() {
    project=$BATS_TEST_TMPDIR/project
    mkdir "$project"
    cp -r scripts "$project/scripts"
    rm -r "$project/scripts/tests" "$project/scripts/check"
    cd "$project"
    # A test in Java that has passed.
    mkdir -p gateway/target/surefire-reports
    echo '<testsuite><testcase classname="RouteTest" name="routes"/></testsuite>' >gateway/target/surefire-reports/TEST-RouteTest.xml
}

# Adds a folder whose check is the given program, or runs the given tests if they are the second argument.
add_check() { # FOLDER PROGRAM [TESTS]
    mkdir -p "$1/checks"
    printf '#!/usr/bin/env bash\n%s\n' "$2" >"$1/check"
    chmod +x "$1/check"
    [ $# = 2 ] || printf '%s\n' "$3" >"$1/checks/it.bats"
}

add_tests() { # FOLDER TESTS
    add_check "$1" "exec scripts/bats $1/checks" "$2"
}

# Runs the checks, which fail, and the summary, which fails too: its output is in $output.
fails() {
    run ! scripts/checks
    run ! scripts/test-summary
}

last_line() {
    [ "${lines[-1]}" = "$1" ] || { printf '%s\n' "${lines[@]}"; return 1; }
}

@test "Tests that pass are counted together with those in Java" {
    add_tests image '@test "It starts" { true; }'
    run -0 scripts/checks
    run -0 scripts/test-summary
    last_line '2 passed, 0 failed'
}

@test "A test that fails makes the checks fail and the summary name it, and the checks of other folders run" {
    add_tests image '@test "It starts" { echo why; false; }'
    add_tests monitoring '@test "It watches" { true; }'
    run -1 scripts/checks
    [[ $output == *'not ok 1 It starts'*'# why'* && $output == *'ok 1 It watches'* ]]
    run -1 scripts/test-summary
    [[ $output == *'failed: image/it.bats: It starts'* ]]
    last_line '2 passed, 1 failed'
}

@test "A test that is skipped makes the checks and the summary fail" {
    add_tests image '@test "It starts" { skip "no engine"; }'
    fails
    [[ $output == *'skipped: image/it.bats: It starts'* ]]
    last_line '1 passed, 0 failed, 1 skipped'
}

@test "A check that ends before a test ran has failed, whatever its exit status" {
    add_check image 'exit 0'
    add_check monitoring 'no-such-program'
    add_check terraform 'exec scripts/bats terraform/checks'
    fails
    [[ $output == *'failed: image/check: runs its tests'*'failed: monitoring/check: '*'failed: terraform/check: '* ]]
    last_line '1 passed, 3 failed'
}

@test "A check that fails after its tests passed has failed" {
    add_check image 'scripts/bats image/checks; exit 3' '@test "It starts" { true; }'
    fails
    [[ $output == *'failed: image/check: '* ]]
    last_line '2 passed, 1 failed'
}

@test "A file of tests that bats cannot read makes the checks fail" {
    add_tests image '@test "It starts" { if; }'
    fails
    last_line '1 passed, 1 failed'
}

@test "A run that ends in the middle has failed" {
    add_tests image $'@test "It starts" { true; }\n@test "It ends" { kill -9 $PPID; sleep 1; }\n@test "It stops" { true; }'
    fails
    [[ $output == *'failed: image/check: '* ]]
}

@test "Output that is not text does not keep a report from being read" {
    add_tests image '@test "It starts" { printf "\033[31mred\033[0m \001 <&>"; false; }'
    fails
    [[ $output == *'failed: image/it.bats: It starts'* ]]
    last_line '1 passed, 1 failed'
}

@test "A report that cannot be read is a failed test" {
    add_tests image '@test "It starts" { true; }'
    run -0 scripts/checks
    echo '<testsuite><testcase' >gateway/target/surefire-reports/TEST-LimitTest.xml
    run ! scripts/test-summary
    last_line '2 passed, 1 failed'
}

@test "Tests in Java without checks, and checks without tests in Java, are no success" {
    run ! scripts/test-summary
    [[ $output == *'no check ran'* ]]
    add_tests image '@test "It starts" { true; }'
    run -0 scripts/checks
    rm -r gateway
    run ! scripts/test-summary
    [[ $output == *'no test ran'* ]]
}

@test "A check may write further reports" {
    add_check image 'echo "<testsuite><testcase name=\"links\"><failure/></testcase></testsuite>" >target/checks/image-pages.xml; exit 1'
    fails
    last_line '1 passed, 1 failed'
}
