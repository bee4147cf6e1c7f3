package kinoteka.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import kinoteka.quickstart.postgres.Home;

/** What is printed when everything is ready. */
record Welcome(Ports ports, Stack.Running running, Duration took, Instant now) {

    private static final Duration TOKENS_LAST = Duration.ofDays(30);

    @Override
    public String toString() {
        Home home = running.home();
        String data =
                home.isTemporary() ? "deleted at the end (KINOTEKA_HOME=folder keeps it)" : home.folder() + ", kept";
        return String.format(
                Locale.ROOT,
                """

                Kinoteka is ready, after %1$.1f s.

                  gateway     http://localhost:%2$d
                  catalogue   http://localhost:%3$d
                  operators   http://localhost:%4$d/metrics (gateway), http://localhost:%5$d/metrics (catalogue)
                  database    psql -h 127.0.0.1 -p %6$d -U kinoteka kinoteka
                  data        %7$s

                Tokens of customer 1, an editor and an administrator, for 30 days and for development only:
                  CUSTOMER=%8$s
                  EDITOR=%9$s
                  ADMIN=%10$s

                Try:
                  http://localhost:%2$d/docs in a browser: all of the API
                  curl -i http://localhost:%2$d/api/movie/1
                  curl -H 'Accept: application/x-ndjson' 'http://localhost:%2$d/api/session?limit=3'
                  curl -i -H "Authorization: Bearer $CUSTOMER" -H 'Content-Type: application/json' -d '{"customer_id": 1, "movie_id": 1}' http://localhost:%2$d/api/session

                Ctrl-C stops everything.
                """,
                took.toMillis() / 1000.0,
                ports.gateway(),
                ports.catalogue(),
                ports.gatewayOperators(),
                ports.catalogueOperators(),
                running.databasePort(),
                data,
                token("1", "customer"),
                token("editor", "editor"),
                token("admin", "admin"));
    }

    private DevelopmentToken token(String subject, String role) {
        return new DevelopmentToken(subject, role, now.plus(TOKENS_LAST));
    }
}
