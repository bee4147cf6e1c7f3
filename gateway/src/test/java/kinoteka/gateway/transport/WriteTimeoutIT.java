package kinoteka.gateway.transport;

import static kinoteka.gateway.testing.Http2Wire.DATA;
import static kinoteka.gateway.testing.Http2Wire.GOAWAY;
import static kinoteka.gateway.testing.Http2Wire.HEADERS;
import static kinoteka.gateway.testing.Http2Wire.PING;
import static kinoteka.gateway.testing.Http2Wire.RST_STREAM;
import static kinoteka.gateway.testing.Http2Wire.SETTINGS;
import static kinoteka.gateway.testing.Http2Wire.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http2Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

/** A client that does not receive what is sent to it is disconnected, although the catalogue has sent everything. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.connections.write-timeout=1s",
            "kinoteka.gateway.connections.unlimited-networks=127.0.0.0/8",
        })
class WriteTimeoutIT {

    private static final String BODY = "x".repeat(16_000);
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final int port;
    private final Scrape scrape;

    WriteTimeoutIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    /** A long response, because a short one fits into the buffers of both sockets. */
    @Test
    void closesAConnectionOnWhichNothingIsReceived() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just(BODY.repeat(1000))));
        var before = timeouts();
        try (var wire = Wire.withReceiveBuffer(port, 4096)) {
            wire.send("GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n");

            scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"write_timeout\"");
            scrape.awaitSum(0, "client_connections");
        }
    }

    @Test
    void resetsAnHttp2StreamWithoutAWindowAndKeepsTheOthers() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just(BODY)));
        var before = timeouts();
        try (var wire = new Http2Wire(port)) {
            wire.send(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 0));
            wire.get(1, "/api/movie/1").get(3, "/api/movie/3");
            assertThat(wire.next(HEADERS).stream()).isIn(1, 3);
            wire.next(HEADERS);
            wire.send(WINDOW_UPDATE, 0, 3, ByteBuffer.allocate(4).putInt(20_000).array());

            assertThat(wire.next(DATA, RST_STREAM).stream()).isEqualTo(3);
            var reset = wire.next(RST_STREAM, GOAWAY);
            assertThat(reset.type()).isEqualTo(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"write_timeout\"");
    }

    /** The rest of a stream that the catalogue has sent completely waits in the gateway. */
    @Test
    void resetsAnHttp2StreamWithoutAWindowBeforeItsEnd() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just(BODY.repeat(10))));
        var before = timeouts();
        try (var wire = new Http2Wire(port)) {
            wire.send(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 1000));
            wire.get(1, "/api/movie");

            assertThat(wire.next(RST_STREAM, GOAWAY).type()).isEqualTo(RST_STREAM);
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"write_timeout\"");
        scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
    }

    @Test
    void resetsARejectedHttp2RequestWithoutAWindow() throws Exception {
        try (var wire = new Http2Wire(port)) {
            wire.send(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 0));
            wire.headers(1, true, ":method GET", ":path /ping", ":authority a");

            assertThat(wire.next(RST_STREAM, GOAWAY).type()).isEqualTo(RST_STREAM);
        }
    }

    /** Large windows, and nothing is read from the socket; pings must not count as progress. */
    @Test
    void closesAnHttp2ConnectionOnWhichNothingIsReceived() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just(BODY.repeat(1000))));
        var before = timeouts();
        try (var wire = new Http2Wire(port)) {
            wire.send(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, Integer.MAX_VALUE));
            wire.send(
                    WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1 << 30).array());
            wire.get(1, "/api/movie");
            wire.send(PING, 0, 0, new byte[8]);

            scrape.awaitSum(0, "client_connections");
            assertThat(timeouts()).isGreaterThan(before); // of the connection, and perhaps of its stream before
            scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
        }
    }

    private double timeouts() {
        return scrape.sum("client_connection_errors_total", "error=\"write_timeout\"");
    }

    private static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }
}
