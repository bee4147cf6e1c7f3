# What becomes of the records of the journal on their way to Cloud Logging: with a real journald and a stand-in for the API.

setup_file() {
    scripts/debian-packages python3 systemd util-linux
}

delivery() {
    run cloud-init/tests/logs/with-journal cloud-init/tests/logs/delivery.py "$1"
    echo "$output"
    [ "$status" = 0 ]
}

@test 'a line of 5,000 bytes arrives complete, one of 100 KB is shortened and says by how much' { delivery long_lines; }
@test 'requests with many long lines are smaller than the API accepts' { delivery many_long_lines; }
@test 'a record has the level of its JSON, else the priority of the journal' { delivery levels; }
@test 'the members of a JSON line, its trace ID among them, and the name of the node are in the payload' { delivery fields; }
@test 'lines that are no valid JSON or text arrive as text' { delivery hostile_lines; }
@test 'an entry that is rejected for good is counted, reported once, and not sent again' { delivery rejected_entry; }
@test 'of a request that is rejected for good, only the entries to blame are lost' { delivery rejected_request; }
@test 'an entry that can be accepted later is sent again' { delivery busy_entry; }
@test 'while Cloud Logging is away, requests are repeated with growing pauses, and each record arrives once' { delivery outage; }
@test 'a response that is no HTTP, or ends too early, is followed by another request' { delivery broken_responses; }
@test 'each record arrives once although the shipper is restarted again and again' { delivery restarts; }
@test 'a shipper that was stopped while Cloud Logging was away goes on where it stopped' { delivery stopped_while_away; }
@test 'records that the journal deleted before they were sent are counted' { delivery deleted_records; }
@test 'records that the journal suppressed are counted' { delivery suppressed_records; }
@test 'a count of suppressed records that is no number counts as none' { delivery malformed_counts; }
@test 'lines of journalctl that are no records are counted' { delivery malformed_records; }
@test 'with a state that cannot be used it starts with this boot' { delivery unusable_state; }
@test 'counters continue after a restart' { delivery counters; }
