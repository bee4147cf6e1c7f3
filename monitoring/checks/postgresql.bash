# shellcheck shell=bash
# A primary and a replica of PostgreSQL from Debian's package, with pg_stat_statements and the role of the exporter.

# As another user if this one is root, because PostgreSQL refuses to be started by root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups env -C / "$@"; else "$@"; fi
}

postgresql_programs() {
    local versions=(/usr/lib/postgresql/*/bin)
    echo "${versions[-1]}"
}

start_databases() { # FOLDER PRIMARY_PORT REPLICA_PORT
    local programs folder=$1
    programs=$(postgresql_programs)
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    as_postgres "$programs/initdb" --auth=trust --username=postgres --no-sync --pgdata="$folder/primary" >/dev/null
    as_postgres tee -a "$folder/primary/postgresql.conf" >/dev/null <<END
shared_preload_libraries = 'pg_stat_statements'
listen_addresses = 'localhost'
unix_socket_directories = ''
fsync = off
END
    start_database primary "$programs" "$folder" "$2"
    query_database "$2" 'CREATE EXTENSION pg_stat_statements; CREATE ROLE monitoring LOGIN IN ROLE pg_monitor'
    as_postgres "$programs/pg_basebackup" --host=localhost --port="$2" --username=postgres --checkpoint=fast --no-sync \
        --write-recovery-conf --pgdata="$folder/replica"
    start_database replica "$programs" "$folder" "$3"
}

start_database() { # NAME PROGRAMS FOLDER PORT
    as_postgres "$2/pg_ctl" --wait --pgdata="$3/$1" --log="$3/$1.log" --options="-p $4" start >/dev/null 3>&-
}

stop_database() { # FOLDER NAME
    as_postgres "$(postgresql_programs)/pg_ctl" --mode=immediate --pgdata="$1/$2" stop >/dev/null
}

query_database() { # PORT SQL
    "$(postgresql_programs)/psql" --host=localhost --port="$1" --username=postgres --no-psqlrc --quiet --tuples-only --no-align --command="$2" postgres
}
