# The programs that call the cloud's API, beside a stand-in of it.

unittests() { # MODULE.CLASS...
    cd terraform/tests/cloud && python3 -m unittest "$@"
}

@test "the stand-in of the cloud rejects what its API rejects" { unittests test_refusals; }
@test "passwords of the database are set one after the other, and set-database-password retries what the API rejects for now" {
    unittests test_programs.SetDatabasePassword
}
@test "roll-machines replaces the machines once after a change of their files" { unittests test_programs.RollMachines; }
@test "empty-registry deletes all images of its registry" { unittests test_programs.EmptyRegistry; }
@test "check-quotas names the quotas that do not suffice" { unittests test_programs.CheckQuotas; }
@test "check-release names the nodes that run something else" { unittests test_programs.CheckRelease; }
