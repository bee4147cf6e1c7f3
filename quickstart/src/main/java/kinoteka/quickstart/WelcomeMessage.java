package kinoteka.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import kinoteka.quickstart.postgres.Home;

/** The message that is printed when the library is ready: addresses, tokens, and requests to try. */
record WelcomeMessage(Ports ports, Stack.Started started, Duration startTime, Instant now) {

    private static final Duration TOKEN_VALIDITY = Duration.ofDays(30);

    @Override
    public String toString() {
        Home home = started.home();
        String data = home.isTemporary()
                ? home.folder() + ", deleted at the end (KINOTEKA_HOME=folder keeps it)"
                : home.folder() + ", kept";
        return String.format(
                Locale.ROOT,
                """

                Kinoteka is ready after %1$.1f s.

                  gateway     http://localhost:%2$d
                  catalogue   http://localhost:%3$d
                  console     http://localhost:%4$d/ (what the gateway is doing now)
                  operators   http://localhost:%4$d/metrics (gateway), http://localhost:%5$d/metrics (catalogue)
                  database    psql -h 127.0.0.1 -p %6$d -U kinoteka kinoteka
                  data        %7$s

                Tokens of customer 1, an editor and an administrator. They are for development only and expire in 30 days:
                  CUSTOMER=%8$s
                  EDITOR=%9$s
                  ADMIN=%10$s

                Requests to try:
                  http://localhost:%2$d/docs in a browser: the documentation of the API
                  curl -i http://localhost:%2$d/api/movie/1
                  curl -H 'Accept: application/x-ndjson' 'http://localhost:%2$d/api/session?limit=3'
                  curl -i -H "Authorization: Bearer $CUSTOMER" -H 'Content-Type: application/json' -d '{"customer_id": 1, "movie_id": 1}' http://localhost:%2$d/api/session

                Ctrl-C stops everything.
                """,
                startTime.toMillis() / 1000.0,
                ports.gateway(),
                ports.catalogue(),
                ports.gatewayOperators(),
                ports.catalogueOperators(),
                started.databasePort(),
                data,
                token("1", "customer"),
                token("editor", "editor"),
                token("admin", "admin"));
    }

    private DevelopmentToken token(String subject, String role) {
        return new DevelopmentToken(subject, role, now.plus(TOKEN_VALIDITY));
    }
}
