package kinoteka.catalog.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.net.Socket;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.LogLines;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class IncompleteResponseIT {

    private static final int LENGTH = 60_000;

    /** A client must be able to tell it from a list that has ended: there is no last chunk. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void endsWithoutTheLastChunkWhenTheDatabaseIsLost(String type, @LocalServerPort int port) throws Exception {
        RealPostgres.ask("""
                with begun as (
                    insert into sessions (customer_id, movie_id, movie_year, movie_title)
                    select ?, m.id, m.year, m.title from movies m, generate_series(1, ?) where m.id = ? returning 1)
                select count(*) from begun
                """, Samples.customer(), LENGTH, Samples.stalker());

        try (var log = LogLines.of("kinoteka.catalog.problem", Level.DEBUG);
                var client = new Socket("localhost", port)) {
            client.setReceiveBufferSize(4096);
            client.getOutputStream()
                    .write(("GET /api/session?limit=100000 HTTP/1.1\r\nHost: localhost\r\nAccept: " + type + "\r\n\r\n")
                            .getBytes(UTF_8));
            assertThat(new String(client.getInputStream().readNBytes(4096), UTF_8))
                    .startsWith("HTTP/1.1 200");

            await().until(() -> RealPostgres.ask("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                     where application_name = 'kinoteka-catalogue-stream' and state <> 'idle'
                    """).equals("1"));
            client.setReceiveBufferSize(1 << 20); // what is under way need not trickle in
            var rest = new String(client.getInputStream().readAllBytes(), UTF_8);

            assertThat(rest).doesNotEndWith("0\r\n\r\n");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("WARN 503 /problems/database-unavailable, GET /api/session, trace");
        }
    }
}
