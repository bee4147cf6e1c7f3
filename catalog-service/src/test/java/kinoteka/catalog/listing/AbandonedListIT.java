package kinoteka.catalog.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class AbandonedListIT {

    private static final int LENGTH = 60_000;

    @Test
    void stopsReadingWhenTheClientLeavesAndStopsAskingWhileItDoesNotRead(@LocalServerPort int port) throws Exception {
        RealPostgres.ask("""
                with viewer as (select ? ::bigint as id),
                  begun as (
                    insert into sessions (customer_id, movie_id, movie_year, movie_title)
                    select viewer.id, m.id, m.year, m.title
                      from viewer, movies m, generate_series(1, ?) where m.id = ? returning 1)
                select count(*) from begun
                """, Samples.customer(), LENGTH, Samples.stalker());

        try (var client = new Socket("localhost", port)) {
            client.setReceiveBufferSize(4096);
            client.getOutputStream()
                    .write("GET /api/session?limit=100000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(4096)).hasSize(4096);

            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> readers("ClientRead") == 1);
            abort(client);
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> readers("%") == 0);
    }

    /** Connections that are in the middle of a list, and wait for what the pattern names. */
    private static int readers(String waitEvent) throws SQLException {
        return Integer.parseInt(RealPostgres.ask("""
                select count(*) from pg_stat_activity
                 where application_name = 'kinoteka-catalogue-stream' and state <> 'idle'
                   and coalesce(wait_event, '') like ?
                """, waitEvent));
    }

    private static void abort(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }
}
