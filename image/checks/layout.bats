#!/usr/bin/env bats
# Which roots of images are kept, and which are built again: image/layout, with inputs of its own.
set -euo pipefail
bats_require_minimum_version 1.5.0

setup() {
    inputs=$BATS_TEST_TMPDIR/inputs
    mkdir "$inputs"
    # The files of the project are inputs, too.
    cp -r image/layout image/builder image/health image/java.args "$inputs"
    mkdir "$inputs/unpacked"
    cp -r gateway/target/unpacked/. "$inputs/unpacked"
    cp image/target/image-*.jar "$inputs/tool.jar"
    cp gateway/target/sbom.json "$inputs/sbom.json"
    # As much of a JDK as decides over a key: its files, and what they are linked to.
    mkdir -p "$inputs/jdk/bin" "$inputs/jdk/lib/security"
    cp "$JAVA_HOME/release" "$inputs/jdk"
    cp "$JAVA_HOME/bin/java" "$inputs/jdk/bin"
    cp "$JAVA_HOME"/lib/lib{jli,java,net}.so "$inputs/jdk/lib"
    cp "$JAVA_HOME/lib/security/cacerts" "$inputs/jdk/lib/security"
}

key() { # [FOLDER]
    local folder=${1:-$inputs}
    JAVA_HOME=$folder/jdk "$folder/layout" --key gateway "$folder/unpacked" "$folder/tool.jar" "$folder/sbom.json"
}

# Changes a file, looks at the key, and changes it back.
changes_the_key() { # FILE
    local before after
    before=$(key)
    cp "$1" "$BATS_TEST_TMPDIR/before"
    printf ' ' >>"$1"
    after=$(key)
    cp "$BATS_TEST_TMPDIR/before" "$1"
    echo "${1#"$inputs/"}: $before, $after"
    [ "$before" != "$after" ]
    [ "$before" = "$(key)" ]
}

@test "The same inputs have the same key, whatever their folder and times" {
    local before
    before=$(key)
    [[ $before =~ ^[0-9a-f]{16}$ ]]
    cp -r "$inputs" "$BATS_TEST_TMPDIR/elsewhere"
    find "$BATS_TEST_TMPDIR/elsewhere" -exec touch {} +
    [ "$(key "$BATS_TEST_TMPDIR/elsewhere")" = "$before" ]
}

@test "A change of the program or of a library has another key" {
    changes_the_key "$(echo "$inputs"/unpacked/gateway-*.jar)"
    changes_the_key "$(echo "$inputs"/unpacked/lib/netty-buffer-*.jar)"
}

@test "A library that is added or has another name has another key" {
    local before
    before=$(key)
    touch "$inputs/unpacked/lib/added.jar"
    added=$(key)
    mv "$inputs/unpacked/lib/added.jar" "$inputs/unpacked/lib/renamed.jar"
    [ "$before" != "$added" ]
    [ "$added" != "$(key)" ]
}

@test "A change of the bill of materials has another key" {
    changes_the_key "$inputs/sbom.json"
}

@test "A change of Java's options, of the health check or of the layout has another key" {
    changes_the_key "$inputs/java.args"
    changes_the_key "$inputs/health/Health.java"
    changes_the_key "$inputs/health/java.args"
    changes_the_key "$inputs/layout"
    changes_the_key "$inputs/builder/root.py"
}

@test "A change of the JDK has another key, also if it has the same version" {
    changes_the_key "$inputs/jdk/release"
    changes_the_key "$inputs/jdk/lib/security/cacerts"
    changes_the_key "$inputs/jdk/lib/libnet.so"
}

@test "A change of the program that starts the database of the training run has another key" {
    changes_the_key "$inputs/tool.jar"
}

@test "A change of the machine's C library has another key" {
    local before
    cp /lib/x86_64-linux-gnu/libm.so.6 "$BATS_TEST_TMPDIR"
    # The real one, on a machine whose libm is this one.
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$BATS_TEST_TMPDIR" "$(command -v ldd)" >"$BATS_TEST_TMPDIR/bin/ldd"
    chmod +x "$BATS_TEST_TMPDIR/bin/ldd"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    before=$(key)
    printf ' ' >>"$BATS_TEST_TMPDIR/libm.so.6"
    [ "$before" != "$(key)" ]
}

@test "An input that is missing is an error of one line that names it" {
    rm "$inputs/sbom.json"
    run -1 key
    [[ ${#lines[@]} = 1 && $output == *sbom.json* ]]
    rm "$inputs"/unpacked/lib/zstd-jni-*.jar
    run -1 key
    [[ ${#lines[@]} = 1 && $output == *'zstd-jni-*.jar: 0 files (expected: 1)'* ]]
    rm "$inputs"/unpacked/gateway-*.jar
    run -1 key
    [[ ${#lines[@]} = 1 && $output == *"gateway-*.jar: 0 files (expected: 1, which "* ]]
}
