# The sources of the machines, and the user data that Terraform renders from them.
load templates

@test "shell scripts have no findings of shellcheck" {
    mapfile -t shell < <(cd cloud-init && grep -rlE '^#!(/bin/sh|/usr/bin/env bash)' check common node monitoring tests rehearse)
    cd cloud-init
    shellcheck -x "${shell[@]}"
}

@test "Python scripts compile" {
    cd cloud-init
    mapfile -t python < <(grep -rlE '^#!/usr/bin/env python3' common node monitoring; ls common/usr/local/lib/kinoteka/*.py tests/*.py)
    python3 -c 'import ast, sys; [ast.parse(open(name).read(), name) for name in sys.argv[1:]]' "${python[@]}"
}

@test "cloud-init accepts the user data of both machines" {
    cloud-init schema --config-file "$BATS_FILE_TMPDIR/node.yaml"
    cloud-init schema --config-file "$BATS_FILE_TMPDIR/monitoring.yaml"
}

# The units of Debian packages may be missing here, so that only findings about our own are reported.
@test "systemd understands every unit" {
    cloud-init/tests/units "$BATS_FILE_TMPDIR/node.yaml" "$BATS_FILE_TMPDIR/monitoring.yaml"
}
