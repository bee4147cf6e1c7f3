package kinoteka.catalog.listing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that read long lists slowly keep connections from nobody who does not. */
@CatalogIT
class SlowReadersIT {

    private static final int SESSIONS = 60_000;

    @Test
    void slowReadersOfLongListsStopNeitherShortListsNorEachOther(
            @Autowired MeterRegistry metrics, @LocalServerPort int port) throws Exception {
        var movie = Samples.stalker();
        RealPostgres.ask("""
                with viewer as (select ? ::bigint as id),
                  begun as (
                    insert into sessions (customer_id, movie_id, movie_year, movie_title)
                    select viewer.id, m.id, m.year, m.title
                      from viewer, movies m, generate_series(1, ?) where m.id = ? returning 1)
                select count(*) from begun
                """, Samples.customer(), SESSIONS, movie);
        var readers = new ArrayList<Socket>();
        try {
            for (int open = 0; open < 8; open++) {
                readers.add(read(port, "203.0.113." + open / 2));
                var expected = open + 1;
                await().atMost(Duration.ofSeconds(30)).until(() -> stalled() == expected);
            }
            for (int waiting = 0; waiting < 10; waiting++) {
                readers.add(read(port, "203.0.113." + (100 + waiting)));
            }

            var third = Api.at(port).with("X-Forwarded-For", "203.0.113.1").get("/api/session?limit=100000");
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.problem()).isEqualTo("too-many-streams");
            assertThat(third.headers().getFirst("Retry-After")).isEqualTo("1");
            for (int i = 0; i < 20; i++) {
                assertThat(Api.at(port).get("/api/session?limit=1000").status()).isEqualTo(200);
                assertThat(Api.at(port).get("/api/movie?q=Stalker").status()).isEqualTo(200);
                assertThat(Api.at(port).get("/api/movie/" + movie + "/comments").status())
                        .isEqualTo(200);
            }
        } finally {
            for (var reader : readers) {
                reader.setSoLinger(true, 0);
                reader.close();
            }
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(acquired(metrics, "streamPool")).isZero();
            assertThat(metrics.get("lists.streaming.clients").gauge().value()).isZero();
        });
        assertThat(Api.at(port)
                        .with("X-Forwarded-For", "203.0.113.1")
                        .get("/api/session?limit=2000")
                        .status())
                .isEqualTo(200);
    }

    /** Servers of a cursor from which nobody fetches. */
    private static int stalled() throws SQLException {
        return Integer.parseInt(RealPostgres.ask("""
                select count(*) from pg_stat_activity
                 where application_name = 'kinoteka-catalogue-stream' and wait_event in ('ClientRead', 'ClientWrite')
                   and state <> 'idle'
                """));
    }

    private static double acquired(MeterRegistry metrics, String pool) {
        return metrics.get("r2dbc.pool.acquired").tag("name", pool).gauge().value();
    }

    /** Sends the request and reads nothing. */
    private static Socket read(int port, String client) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("localhost", port));
        socket.getOutputStream()
                .write(String.join(
                                "\r\n",
                                List.of(
                                        "GET /api/session?limit=100000 HTTP/1.1",
                                        "Host: localhost",
                                        "X-Forwarded-For: " + client,
                                        "",
                                        ""))
                        .getBytes(US_ASCII));
        return socket;
    }
}
