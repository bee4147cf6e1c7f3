# The programs of terraform/api, beside a stand-in of the cloud that rejects what the cloud rejects.

run_tests_of() {
    run python3 -m unittest discover --start-directory terraform/tests/cloud --pattern "test_$1.py" --verbose
    echo "$output"
    [ "$status" = 0 ]
    [[ $output == *$'\nOK' ]]
}

@test "the stand-in of the cloud rejects what the cloud rejects" {
    run_tests_of rejections
    run_tests_of stand_in
}

@test "a database password is set by the API, one user after the other" {
    run_tests_of set_database_password
}

@test "webhooks are stored in Lockbox, and not printed" {
    run_tests_of set_secret
}

@test "changed files of the machines replace the instances of the group once" {
    run_tests_of roll_machines
}

@test "a registry is emptied, so that it can be deleted" {
    run_tests_of empty_registry
}

@test "quotas that do not suffice or are unknown are named" {
    run_tests_of check_quotas
}

@test "nodes that run something else than the release are named" {
    run_tests_of check_release
}
