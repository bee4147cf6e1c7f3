package kinoteka.gateway.transport.http2;

import static kinoteka.gateway.testing.Http2Wire.DATA;
import static kinoteka.gateway.testing.Http2Wire.END_STREAM;
import static kinoteka.gateway.testing.Http2Wire.GOAWAY;
import static kinoteka.gateway.testing.Http2Wire.HEADERS;
import static kinoteka.gateway.testing.Http2Wire.NO_ERROR;
import static kinoteka.gateway.testing.Http2Wire.PING;
import static kinoteka.gateway.testing.Http2Wire.RST_STREAM;
import static kinoteka.gateway.testing.Http2Wire.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http2Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A stream whose response is complete before its request is reset without an error (RFC 9113, 8.1). */
@GatewayTest
class EarlyResponseIT {

    private final int port;

    EarlyResponseIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void resetsTheStreamOfAClientThatGoesOnSending() throws IOException {
        try (var wire = new Http2Wire(port)) {
            wire.post(1, "/ping");
            readResponse(wire, "405");
            for (var sent = 0; sent <= 65_535; sent += 16_000) {
                wire.send(DATA, 0, 1, new byte[16_000]);
            }

            assertThat(wire.next(RST_STREAM, GOAWAY).errorCode()).isEqualTo(NO_ERROR);
            assertThat(wire.get(3, "/ping").next(HEADERS).headers()).contains(":status: 200");
        }
    }

    @Test
    void resetsTheStreamOfAClientThatTrickles() throws IOException {
        try (var wire = new Http2Wire(port)) {
            wire.post(1, "/nope");
            readResponse(wire, "404");
            wire.send(DATA, 0, 1, new byte[1]);

            assertThat(wire.next(RST_STREAM, GOAWAY).errorCode()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void letsAClientFinishItsRequest() throws IOException {
        try (var wire = new Http2Wire(port)) {
            wire.post(1, "/ping");
            readResponse(wire, "405");
            wire.send(DATA, 0, 1, new byte[1000]).send(DATA, END_STREAM, 1, new byte[1000]);
            wire.send(PING, 0, 0, new byte[8]);

            assertThat(wire.next(RST_STREAM, GOAWAY, PING).type()).isEqualTo(PING);
        }
    }

    /** Bytes for a stream that was reset do not fill the connection's window. */
    @Test
    void leavesTheWindowOfTheConnectionToOtherStreams() throws IOException {
        try (var wire = new Http2Wire(port)) {
            for (var stream = 1; stream < 20; stream += 2) {
                wire.post(stream, "/ping");
                for (var sent = 0; sent < 64_000; sent += 16_000) {
                    wire.send(DATA, 0, stream, new byte[16_000]);
                }
                wire.next(WINDOW_UPDATE);
            }
            wire.post(21, "/api/session").send(DATA, END_STREAM, 21, new byte[16_000]);
            var headers = wire.next(HEADERS);
            while (headers.stream() != 21) {
                headers = wire.next(HEADERS);
            }
            assertThat(headers.headers()).contains(":status: 200");
        }
    }

    private static void readResponse(Http2Wire wire, String status) throws IOException {
        assertThat(wire.next(HEADERS).headers()).contains(":status: " + status, "date: ");
        assertThat(wire.next(DATA).isEnd()).isTrue();
    }
}
