@test "the time of the newest backup is exported, whatever the cloud responds" {
    python3 -m unittest monitoring/checks/test_backups.py
}
