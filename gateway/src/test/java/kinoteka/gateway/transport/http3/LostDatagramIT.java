package kinoteka.gateway.transport.http3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.LossyLink;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;

/** A response is complete whichever datagram of it is lost, though the client sends nothing but acknowledgements. */
@GatewayTest
class LostDatagramIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final String ROW = "{\"id\":1}\n";

    private final int port;

    LostDatagramIT(@Autowired Http3Port port) {
        this.port = port.get();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
    }

    /** Loses one datagram after the other, from the first one of the handshake to the last one of the response. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theResponseIsComplete(int rows) throws Exception {
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .send(
                        Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                                .take(rows)
                                .map(i -> Unpooled.copiedBuffer(ROW, US_ASCII)),
                        row -> true));
        var lost = 0;
        boolean hasLost;
        do {
            lost++;
            try (var link = new LossyLink(port, lost);
                    var wire = new Http3Wire(link.port())) {
                assertThat(wire.get("/api/movie").response())
                        .as("without datagram %d", lost)
                        .isEqualTo("200 " + ROW.repeat(rows));
                hasLost = link.hasLost();
            }
        } while (hasLost);
        assertThat(lost).isGreaterThan(rows);
    }
}
