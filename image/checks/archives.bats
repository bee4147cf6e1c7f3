#!/usr/bin/env bats
# What is in the archives of target/images.
set -euo pipefail
load images

MOST_MEGABYTES=120

setup_file() {
    unpack "$BATS_FILE_TMPDIR"
}

setup() {
    unpacked=$BATS_FILE_TMPDIR
}

@test "Each archive is smaller than $MOST_MEGABYTES MB" {
    is_small() {
        local bytes
        bytes=$(stat -c %s "$(archive "$1")")
        echo "$bytes bytes"
        ((bytes < MOST_MEGABYTES * 1000 * 1000))
    }
    each_program is_small
}

@test "The digest beside each archive is that of its manifest" {
    has_its_digest() {
        [ "$(digest "$1")" = "$(written_digest "$1")" ]
    }
    each_program has_its_digest
}

@test "Native code is for linux/amd64 only" {
    is_for_this_platform() {
        grep -q '^app/lib/.*\.jar$' "$unpacked/$1.files"
        none_matches 'osx|windows|aarch|\.(dll|dylib|jnilib)$' "$unpacked/$1.files"
    }
    each_program is_for_this_platform
}

@test "There is no shell" {
    has_no_shell() {
        grep -qx 'opt/java/bin/java' "$unpacked/$1.files"
        none_matches '(^|/)(sh|bash|busybox)$' "$unpacked/$1.files"
    }
    each_program has_no_shell
}

@test "The bill of materials lists the jars of the image, and no others" {
    # The jar of QUIC's native code is not there, because the native code is.
    lists_its_jars() {
        [ "$(grep -c '^app/lib/.*\.jar$' "$unpacked/$1.files")" -gt 25 ]
        diff <(sed -n 's|^app/lib/\(.*\.jar\)$|\1|p' "$unpacked/$1.files" | sort) \
            <(jq -r '.components[] | select(.purl | startswith("pkg:maven/"))
                | ([.name, .version] + [.purl | scan("classifier=([^&]+)")[]] | join("-")) + ".jar"' \
                "$unpacked/$1/usr/share/sbom/$1.cdx.json" | sed '/^netty-codec-native-quic-/d' | sort)
    }
    each_program lists_its_jars
}

@test "The bill of materials lists Java and the packages of the C library, with their versions" {
    lists_java_and_the_c_library() {
        local java c_library list=$unpacked/$1/usr/share/sbom/$1.cdx.json
        java=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$unpacked/$1/opt/java/release")
        c_library=$(dpkg-query -W -f '${Version}' libc6:amd64)
        jq -e --arg version "$java" 'any(.components[]; .name == "openjdk" and (.version | startswith($version)))' "$list"
        jq -e --arg version "$c_library" 'any(.components[]; .name == "libc6" and .version == $version)' "$list"
    }
    each_program lists_java_and_the_c_library
}

@test "The bill of materials refers to nothing that it does not list" {
    refers_to_its_parts() {
        jq -e '([.metadata.component["bom-ref"]] + [.components[]["bom-ref"]]) as $listed
            | (.dependencies | length > 10) and ([.dependencies[] | .ref, .dependsOn[]] - $listed == [])' \
            "$unpacked/$1/usr/share/sbom/$1.cdx.json"
    }
    each_program refers_to_its_parts
}

@test "The library that generates sample data is in the image of the seeder only" {
    grep '^app/lib/datafaker-.*\.jar$' "$unpacked/seeder.files"
    none_matches '/datafaker-' "$unpacked/gateway.files"
    none_matches '/datafaker-' "$unpacked/catalog-service.files"
}
