# shellcheck shell=bash

# Prints the configuration as the Alertmanager of this machine reads it, with addresses below the given one. Debian 12 has 0.25, in which
# the address of a webhook stands in the file itself, which later versions accept, too.
alertmanager_here() { # ADDRESS
    sed -E "s|url_file: /etc/prometheus/alertmanager-([a-z]+)-url|url: ${1:-http://localhost:9}/\\1|" \
        "$BATS_TEST_DIRNAME/../alertmanager/alertmanager.yml"
}
