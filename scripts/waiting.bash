# shellcheck shell=bash
# For tests: load ../../scripts/waiting

# Repeats a command until it succeeds, or until a number of seconds has passed. Prints the output of the last attempt.
within() { # SECONDS COMMAND...
    local end=$((SECONDS + $1)) output
    shift
    until output=$("$@" 2>&1); do
        ((SECONDS < end)) || { echo "$output"; return 1; }
        sleep 0.2
    done
    echo "$output"
}
