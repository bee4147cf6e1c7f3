"""Restores the newest backup into a folder that is deleted afterwards, and compares the checksums of all tables with those of a replica."""

import json
import shutil

from . import backups, patroni, standalone
from .database import Database
from .failure import Failure

# The sum does not depend on the order of the rows, nor on the memory that they would need together.
CHECKSUMS = """
select coalesce(json_object_agg(name, (xpath('/row/checksum/text()', checksum))[1]::text order by name), '{}')
  from (select format('%I.%I', schemaname, tablename) as name,
               query_to_xml(format('select count(*) || ''/'' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as checksum from %I.%I t',
                            schemaname, tablename), false, true, '') as checksum
          from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')) as tables
"""


def run(settings, machines):
    """Returns the number of tables. The replica does not replay the log while its checksums are computed, so that both are of the same moment."""
    expected, position = checksums_of_replica(settings, machines)
    machine, data = machines.backup, machines.backup.folder / "restored"
    standalone.stop(machine, data)  # one that was left when the machine failed
    shutil.rmtree(data, ignore_errors=True)
    try:
        backups.archive_now(machines)
        standalone.restore(
            machine, data, "--type=lsn", f"--target={position}", "--target-exclusive", "--target-action=pause", "--archive-mode=off",
            configuration="restore-test.conf")
        with standalone.server(machine, data):
            found = json.loads(standalone.query(machine, CHECKSUMS, settings.database))
    finally:
        shutil.rmtree(data, ignore_errors=True)
    require_same(expected, found)
    return len(expected)


def checksums_of_replica(settings, machines):
    """The checksums of each table, and the position in the log at which the replica has paused."""
    database = Database(settings, machines)
    replica = next((machines.named(member["name"]) for member in patroni.members(machines)
                    if member["role"] == "replica" and member["state"] in patroni.STREAMING), None) or next(
        (machines.named(member["name"]) for member in patroni.members(machines) if member["role"] == "sync_standby"), None)
    if replica is None:
        raise Failure("The restore test needs a replica, and there is none")
    try:
        database.execute_on(replica, "select pg_wal_replay_pause()")
        database.execute_on(replica, PAUSED)
        position = database.execute_on(replica, "select pg_last_wal_replay_lsn()")
        return json.loads(database.execute_on(replica, CHECKSUMS, settings.database)), position
    finally:
        database.execute_on(replica, "select pg_wal_replay_resume()")


PAUSED = """
do $$ begin
    while pg_get_wal_replay_pause_state() <> 'paused' loop perform pg_sleep(0.05); end loop;
end $$
"""


def require_same(expected, found):
    differing = sorted(table for table in expected.keys() | found.keys() if expected.get(table) != found.get(table))
    if differing:
        raise Failure(f"The restored backup differs from the replica in {', '.join(differing)}")
