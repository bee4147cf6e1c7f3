package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The deadline for the headers of the first request begins when the connection is accepted. */
@GatewayTest
class FirstRequestIT {

    private static final String NO_REQUEST = "error=\"no_request\"";

    private final int port;
    private final Scrape scrape;

    FirstRequestIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    /** The last two are the beginning of the connection preface of HTTP/2, and all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "PRI * HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
    void closesAConnectionOnWhichNoRequestBegins(String characters) throws IOException {
        var before = scrape.sum("client_connection_errors_total", NO_REQUEST);
        try (var wire = new Wire(port)) {
            var begun = System.nanoTime();
            wire.send(characters).rest();

            assertThat(System.nanoTime() - begun).isGreaterThan(2_900_000_000L);
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", NO_REQUEST);
    }

    @Test
    void sendsNoResponseToAConnectionOnWhichNothingArrived() throws IOException {
        try (var wire = new Wire(port)) {
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void leavesAnIdleConnectionOpenAfterItsFirstRequest() throws Exception {
        try (var wire = new Wire(port)) {
            wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n").answer();
            try (var silent = new Wire(port)) {
                silent.rest(); // one deadline later
            }
            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("pong");
        }
    }
}
