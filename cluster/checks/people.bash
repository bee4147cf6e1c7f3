# shellcheck shell=bash
# For tests of a running cluster: load people

psql_as() { # USER PASSWORD SQL
    PGPASSWORD=$2 psql -XAtqc "$3" "host=127.0.0.1 port=5001 user=$1 dbname=kinoteka connect_timeout=3" 2>&1
}

# Runs a statement that must be refused with this message.
refused() { # USER PASSWORD MESSAGE SQL
    local said
    if said=$(psql_as "$1" "$2" "$4"); then
        echo "$1 may: $4"
        return 1
    fi
    [[ $said == *"$3"* ]] || { echo "$1: $4"; echo "$said"; return 1; }
}
