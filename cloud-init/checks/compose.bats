# The node's Compose file under Podman, with the images of `make image`, beside a PostgreSQL. Each test continues where the one before
# ended.
load ../../scripts/waiting

free_ports() { # COUNT
    python3 -c 'import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(one.getsockname()[1] for one in held))' "$1"
}

setup_file() {
    export work=$BATS_FILE_TMPDIR
    # Debian 12's podman-compose cannot give a container the network of the machine.
    /usr/bin/python3 -m venv "$work/venv"
    "$work/venv/bin/pip" --quiet install podman-compose==1.5.0
    export compose="$work/venv/bin/podman-compose --file cloud-init/node/etc/kinoteka/compose.yaml"

    mkdir "$work/podman" "$work/secrets" "$work/gateway-secrets" "$work/tls"
    source image/tests/podman-here "$work/podman"
    local image
    for image in gateway catalog-service seeder; do podman load --quiet --input "target/images/$image.tar" >/dev/null; done

    # `with-postgres` keeps PostgreSQL running until its command ends, which prints the address.
    mkfifo "$work/end"
    # shellcheck disable=SC2016 # the inner shell expands it
    "$(scripts/jdk25)/bin/java" -jar image/target/image-*.jar with-postgres sh -c \
        'echo "$KINOTEKA_CATALOG_DATABASE_HOSTS $KINOTEKA_CATALOG_DATABASE_NAME $KINOTEKA_CATALOG_DATABASE_USERNAME" >"$1/new" &&
            mv "$1/new" "$1/database" && read -r _ <"$1/end"' sh "$work" >"$work/java.log" 2>&1 3>&- &
    within 60 test -e "$work/database"
    read -r DATABASE_HOSTS DATABASE_NAME DATABASE_USERNAME <"$work/database"

    printf secret >"$work/secrets/kinoteka.catalog.database.password"
    local credential
    credential=$(openssl rand -hex 32)
    printf %s "$credential" >"$work/secrets/kinoteka.catalog.gateway.credentials"
    printf %s "$credential" >"$work/gateway-secrets/kinoteka.gateway.upstream.credential"
    openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout "$work/tls/key.pem" -out "$work/tls/certificate.pem" 2>/dev/null
    chown -R 65532 "$work/secrets" "$work/gateway-secrets" "$work/tls"
    read -r GATEWAY_PORT GATEWAY_TLS_PORT GATEWAY_OPERATORS_PORT CATALOG_PORT CATALOG_OPERATORS_PORT < <(free_ports 5)
    export GATEWAY_PORT GATEWAY_TLS_PORT GATEWAY_OPERATORS_PORT CATALOG_PORT CATALOG_OPERATORS_PORT \
        DATABASE_HOSTS DATABASE_NAME DATABASE_USERNAME DRAIN_PAUSE=2s \
        GATEWAY_IMAGE=localhost/gateway:0.1.0 CATALOG_IMAGE=localhost/catalog-service:0.1.0 SEEDER_IMAGE=localhost/seeder:0.1.0 \
        SECRETS=$work/secrets TLS=$work/tls GATEWAY_SECRETS=$work/gateway-secrets \
        TOKEN_ISSUER=https://issuer.example TOKEN_JWKS=https://issuer.example/jwks
    export url=http://localhost:$GATEWAY_PORT
}

teardown_file() {
    podman rm --all --force --time 1 >/dev/null 2>&1 || true
    echo >"$work/end"
}

pong() { [ "$(curl -fs --max-time 2 "$url/ping")" = pong ]; }

@test "the node comes up from its Compose file, with local images" {
    local began
    began=$(date +%s%3N)
    $compose up --detach
    within 240 pong || { podman logs catalog; podman logs gateway; return 1; }
    echo "# from podman-compose up to /ping in $(($(date +%s%3N) - began)) ms, both services at once" >&3
}

@test "requests reach the database through both, with TLS and without" {
    [ "$(curl -fsS "$url/api/movie")" = '[]' ]
    [ "$(curl -fsS -o /dev/null -w '%{http_version}' --http2 --cacert "$work/tls/certificate.pem" "https://localhost:$GATEWAY_TLS_PORT/api/movie")" = 2 ]
    curl -fsS "$url/db_dummy" | grep database_time
}

# The stream does not end: curl ends when nobody reads it any more, which is no failure here.
listens() { { curl -sN --max-time 15 "${@:2}" "$1/api/changes" || true; } | grep -m1 '^event:caught_up'; }
rejected() { curl -fsS "http://localhost:$CATALOG_OPERATORS_PORT/metrics" | grep "^gateway_credentials_rejected_total $1"; }

# One request that the gateway forwards, then one past the gateway with a wrong credential: only the second is rejected.
@test "the catalogue recognizes its gateway, by a secret that both have in files" {
    listens "$url"
    rejected 0
    listens "http://localhost:$CATALOG_PORT" -H 'Gateway-Credential: forwarded x'
    rejected 1
}

@test "both run as an unprivileged user, without capabilities, with a root that cannot be written, within limits" {
    local container status
    for container in gateway catalog; do
        podman inspect "$container" | jq -e '.[0] | .HostConfig | .ReadonlyRootfs and (.Memory == 1073741824) and (.PidsLimit == 500)'
        status=/proc/$(podman inspect --format '{{.State.Pid}}' "$container")/status
        grep -P '^Uid:\t65532\t' "$status"
        grep -P '^CapEff:\t0+$' "$status"
    done
}

@test "the seeder is not started with the services" {
    [ "$(podman ps --all --format '{{.Names}}' | sort | tr '\n' ' ')" = 'catalog gateway ' ]
}

@test "the seeder fills the database when it is run, with SEED_COUNT" {
    SEED_COUNT=200 $compose --profile seeder run --rm -T seeder
    [ "$(curl -fsS "$url/api/session?limit=1000" | jq length)" = 200 ]
}

@test "there is no shell in the containers" {
    run ! podman exec gateway /bin/sh -c true
}

heal() { # CHECKS
    ENGINE=podman CHECK_SECONDS=0.3 FIRST_PAUSE_SECONDS=${FIRST_PAUSE_SECONDS:-1} GRACE_SECONDS=2 \
        cloud-init/common/usr/local/bin/kinoteka-heal "$1" >"$work/heal.log" 2>&1 3>&- &
    healer=$!
}

@test "kinoteka-heal restarts a gateway that does not respond, and no container that is healthy" {
    cat >"$work/checks" <<CONF
gateway http://127.0.0.1:$GATEWAY_OPERATORS_PORT/actuator/health/liveness 60
catalog http://127.0.0.1:$CATALOG_OPERATORS_PORT/actuator/health/liveness 60
CONF
    local began catalog
    catalog=$(podman inspect --format '{{.State.StartedAt}}' catalog)
    heal "$work/checks"
    sleep 2
    podman kill --signal STOP gateway # it does not end, and responds to nobody
    began=$SECONDS
    within 90 grep 'gateway: .* does not respond; restarting it' "$work/heal.log"
    within 90 pong
    kill "$healer"
    echo "# from the hang to /ping in $((SECONDS - began)) s" >&3
    [ "$(grep -c restarting "$work/heal.log")" = 1 ]
    [ "$(podman inspect --format '{{.State.StartedAt}}' catalog)" = "$catalog" ]
}

@test "kinoteka-heal restarts a service that fails at its start with growing pauses" {
    # Of the gateway's image: Java without arguments ends at once, with an error.
    podman run --detach --name failing --entrypoint /opt/java/bin/java "$GATEWAY_IMAGE" -nonsense
    echo 'failing http://127.0.0.1:9/ 60' >"$work/checks"
    heal "$work/checks"
    restarts() { [ "$(grep -c restarting "$work/heal.log")" -ge "$1" ]; }
    within 120 restarts 4
    kill "$healer"
    podman rm --force failing
    [ "$(sed -n 's/.*not again within \(.*\) s/\1/p' "$work/heal.log" | head -4 | tr '\n' ' ')" = '1 2 4 8 ' ]
    [ "$(grep -c 'it has ended' "$work/heal.log")" -ge 4 ]
}

unready() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$url/ping")" = 503 ]; }

@test "at a stop the gateway is unready first, and serves on, and both end with 0" {
    podman stop --time 45 gateway >/dev/null 3>&- &
    local stopping=$!
    within 5 unready
    curl -fsS "$url/api/movie" # while load balancers have not noticed it
    wait "$stopping"
    podman stop --time 45 catalog
    [ "$(podman inspect --format '{{.State.ExitCode}}' gateway catalog | tr '\n' ' ')" = '0 0 ' ]
}
