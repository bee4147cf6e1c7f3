# Who reaches the metadata service, which gives tokens: in a network namespace with the rules of nft that machines load.

tokens() { # USER...
    run cloud-init/tests/metadata-users cloud-init/common/etc/kinoteka/metadata.nft "$@"
    echo "$output"
    [ "$status" = 0 ]
}

@test "root and the users that systemd allocates get a token of the machine" {
    tokens 0 61184 65519
    [ "${lines[*]}" = '0 61184 65519' ]
}

@test "the services (65532), Grafana (472) and other users get none" {
    tokens 472 1000 65532 65534
    [ "$output" = '' ]
}

@test "a unit that starts containers waits for the rules, and fails without them" {
    local unit units
    mapfile -t units < <(grep -lE '^ExecStart=.*docker-compose.* up ' cloud-init/*/etc/systemd/system/*.service)
    [ "${#units[@]}" = 2 ]
    for unit in "${units[@]}"; do
        grep -E '^After=.* kinoteka-metadata\.service' "$unit"
        # Before the first other command.
        [ "$(grep -m1 '^Exec' "$unit")" = 'ExecStartPre=/usr/sbin/nft list table ip kinoteka_metadata' ]
    done
}
