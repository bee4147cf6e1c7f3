# The scripts of both machines, each as a process of its own, against a stand-in of the cloud.
load templates

check() { # NAME OF A FUNCTION
    RELEASE_FILE=$BATS_FILE_TMPDIR/release.env /usr/bin/python3 cloud-init/tests/boot_rehearsal.py \
        "$BATS_FILE_TMPDIR/node.yaml" "$BATS_FILE_TMPDIR/monitoring.yaml" "$1"
}

@test "the password is fetched from Lockbox into a file that only the service's user may read" {
    check a_secret_comes_from_lockbox_into_a_file_that_only_the_service_reads
}

@test "while Lockbox is not there it is asked again, with pauses that grow, and the log says so" {
    check a_lockbox_that_is_away_is_asked_again_with_growing_pauses
}

@test "an empty or missing password is waited for, and no file is written before" {
    check an_empty_password_is_no_password
}

@test "the gateway's credential is random, the same for both services, for them alone, and stays while they run" {
    check both_services_get_the_gateways_credential
}

@test "the certificate and its key come from Certificate Manager, the chain in order" {
    check a_certificate_is_fetched
}

@test "a certificate that is not issued yet is waited for" {
    check a_certificate_that_is_not_issued_yet_is_waited_for
}

@test "without a certificate of Certificate Manager the node makes one, once, that openssl accepts" {
    check a_node_without_a_domain_makes_its_certificate_once
}

@test "a node whose certificate is away starts with a self-signed one for two days, and keeps a certificate that it has" {
    check a_certificate_that_is_away_is_replaced_for_the_time_being
}

@test "the rendered release is read from the metadata, has every entry that kinoteka.service uses, and is named by its SHA-256" {
    check the_rendered_release_is_accepted
}

@test "a release with a line that systemd and Compose read differently, or without an image, is not used" {
    check a_wrong_release_is_not_used
}

@test "the version of a secret that the release names is fetched, and not again while its files exist" {
    check a_version_of_a_secret_is_fetched_once
}

@test "the certificate of the database's authority is downloaded, checked, and kept when a later download fails" {
    check the_authority_of_the_database_is_downloaded
}

@test "the requests per second of the gateway reach Yandex Monitoring, without those for /ping" {
    check the_load_is_told
}

@test "kinoteka-heal restarts a container that responds with something else than HTTP" {
    check a_response_that_is_no_http_is_a_failed_check
}

@test "the exporters of PostgreSQL verify the servers with the downloaded certificate of their authority" {
    check exporters_verify_the_database
}

@test "kinoteka-seed logs in to the registry, pulls the seeder's image if it is missing, and runs it with SEED_COUNT" {
    check the_seeder_runs_on_demand
}

@test "Prometheus is told of every node of the instance group, page by page" {
    check nodes_are_discovered
}

@test "neither user data nor release contain a private key or a variable that could be a password" {
    check user_data_has_no_secret
}
