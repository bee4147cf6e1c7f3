# shellcheck shell=bash
# Renders the templates of both machines once for the tests of a file.

setup_file() {
    export PYTHONDONTWRITEBYTECODE=1
    cloud-init/tests/render-to "$BATS_FILE_TMPDIR"
}
