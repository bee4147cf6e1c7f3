package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@LimitedListenersIT
class SlowListenerIT {

    /** Of a hundred events each: far more than the sockets' buffers hold. */
    private static final int MAX_TRANSACTIONS = 3000;

    @Autowired
    private MeterRegistry metrics;

    @LocalServerPort
    private int port;

    @Test
    void disconnectsAClientThatDoesNotReadAndNoOther() throws Exception {
        try (var slow = new Socket();
                var quick = EventStream.open(port).awaitEvent("caught_up")) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress("localhost", port));
            slow.setSoTimeout(20_000);
            slow.getOutputStream()
                    .write("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var stream = slow.getInputStream();
            assertThat(stream.read()).isEqualTo('H');

            var disconnected = metrics.get("changes.cut.off").counter();
            for (var i = 0; i < MAX_TRANSACTIONS && disconnected.count() == 0; i++) {
                var last = RealPostgres.ask("""
                        with tagged as (
                          insert into tags (title) select gen_random_uuid() from generate_series(1, 100) returning id)
                        select max(id) from tagged
                        """);
                quick.awaitData("{\"kind\":\"tag\",\"id\":%s}".formatted(last));
            }

            var rest = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest).contains("event:cut_off", "More than 500 events were waiting to be read.");
            assertThat(quick.events()).noneMatch(event -> event.startsWith("cut_off"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> metrics.get("changes.clients").gauge().value() == 1);
        }
    }
}
