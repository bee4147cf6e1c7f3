#!/usr/bin/env bats
# The sources that neither Maven nor Terraform compiles.
set -euo pipefail

# The files of the project, also new ones, whose name or first line matches a pattern.
files() { # NAME_PATTERN FIRST_LINE_PATTERN
    local file
    # shellcheck disable=SC2016 # awk expands it
    git ls-files --cached --others --exclude-standard | while read -r file; do
        [ ! -f "$file" ] || printf '%s\0' "$file"
    done | xargs -0 awk -v name="$1" -v line="$2" 'FNR == 1 { if (FILENAME ~ name || $0 ~ line) print FILENAME; nextfile }'
}

@test "Shell programs and tests by bats have no findings of shellcheck" {
    mapfile -t shell < <(files '[.](bash|bats)$' '^#!(/bin/|/usr/bin/env )(ba|da)?sh|^# shellcheck shell=')
    ((${#shell[@]} > 20))
    shellcheck -x "${shell[@]}"
}

@test "Python programs compile" {
    mapfile -t python < <(files '[.]py$' '^#!.*python3')
    ((${#python[@]} > 20))
    python3 -c 'import ast, sys; [ast.parse(open(name, encoding="utf-8").read(), name) for name in sys.argv[1:]]' "${python[@]}"
}

@test "The benchmark reads the output of programs, decides and reports as its tests say" {
    PYTHONPATH=bench/comparison python3 -m unittest discover -s bench/comparison/tests
}
