#!/usr/bin/env bats
# Services start from their AOT cache. The limit of memory is that of the smallest node, on which the JVM chooses the serial collector; on
# larger ones it chooses G1.
set -euo pipefail
load images

# With AOTMode=on the JVM ends if it cannot use the cache. Without a configuration of its log the service ends before it does anything.
starts_from_its_cache() { # PROGRAM COLLECTOR
    local app
    app=$(layout "$1")/app
    run "$app/../opt/java/bin/java" "@$app/java.args" "-XX:+Use$2" -XX:MaxRAM=1664m -XX:AOTMode=on "-XX:AOTCache=$app/app.aot" \
        -Xlog:aot -Dlogging.config=/nowhere -jar "$app/app.jar"
    echo "$output"
    [[ $output == *'Using AOT-linked classes: true'* ]]
}

@test "The gateway starts from its AOT cache with the serial collector" {
    starts_from_its_cache gateway SerialGC
}

@test "The gateway starts from its AOT cache with G1" {
    starts_from_its_cache gateway G1GC
}

@test "The catalogue starts from its AOT cache with the serial collector" {
    starts_from_its_cache catalog-service SerialGC
}

@test "The catalogue starts from its AOT cache with G1" {
    starts_from_its_cache catalog-service G1GC
}
