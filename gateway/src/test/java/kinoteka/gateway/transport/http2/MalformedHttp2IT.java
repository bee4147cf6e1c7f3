package kinoteka.gateway.transport.http2;

import static kinoteka.gateway.testing.Http2Wire.DATA;
import static kinoteka.gateway.testing.Http2Wire.END_STREAM;
import static kinoteka.gateway.testing.Http2Wire.ENHANCE_YOUR_CALM;
import static kinoteka.gateway.testing.Http2Wire.GOAWAY;
import static kinoteka.gateway.testing.Http2Wire.HEADERS;
import static kinoteka.gateway.testing.Http2Wire.PING;
import static kinoteka.gateway.testing.Http2Wire.PROTOCOL_ERROR;
import static kinoteka.gateway.testing.Http2Wire.REFUSED_STREAM;
import static kinoteka.gateway.testing.Http2Wire.RST_STREAM;
import static kinoteka.gateway.testing.Http2Wire.SETTINGS;
import static kinoteka.gateway.testing.Http2Wire.STREAM_CLOSED;
import static kinoteka.gateway.testing.Http2Wire.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http2Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

/** Violations of HTTP/2 end a stream or a connection with the right code, are counted, and are not logged. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedHttp2IT {

    private static final String STREAM_ERRORS = "error=\"http2_stream\"";
    private static final String CONNECTION_ERRORS = "error=\"http2_connection\"";

    private static final int RESETS = 201;

    private final int port;
    private final Scrape scrape;

    MalformedHttp2IT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":scheme http,:authority a,:path /ping",
                ":method GET,:authority a,:path /ping",
                ":method GET,:scheme http,:authority a",
                ":method GET,:scheme http,:authority a:b,:path /ping",
            })
    void aMalformedRequestIsRejectedWithAProblemAndAStreamError(String fields) throws IOException {
        var rejected = scrape.sum("requests_total", "status=\"400\"", "endpoint=\"other\"");
        var errors = scrape.sum("client_connection_errors_total", STREAM_ERRORS);
        try (var wire = new Http2Wire(port)) {
            wire.headers(1, true, fields.split(",", -1));

            assertThat(wire.next(HEADERS).headers())
                    .contains(":status: 400", "content-type: application/problem+json", "date: ");
            assertThat(wire.next(DATA).text()).contains("/problems/request-malformed", "trace_id");
            assertThat(wire.next(RST_STREAM).errorCode()).isEqualTo(PROTOCOL_ERROR);
            assertThat(wire.get(3, "/ping").next(HEADERS).headers()).contains(":status: 200");
        }
        scrape.awaitSum(rejected + 1, "requests_total", "status=\"400\"", "endpoint=\"other\"");
        scrape.awaitSum(errors + 1, "client_connection_errors_total", STREAM_ERRORS);
    }

    /** The upstream never gets to know that such a body ended. */
    @Test
    void aBodyThatIsLongerThanItsContentLengthEndsInAStreamError() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                request.receive().then(Mono.defer(() -> response.send().then())));
        var errors = scrape.sum("client_connection_errors_total", STREAM_ERRORS);
        try (var wire = new Http2Wire(port)) {
            wire.headers(
                    1, false, ":method POST", ":scheme http", ":authority a", ":path /api/session", "content-length 3");
            wire.send(DATA, END_STREAM, 1, new byte[4]);

            assertThat(wire.next(RST_STREAM, HEADERS).errorCode()).isEqualTo(PROTOCOL_ERROR);
        }
        scrape.awaitSum(errors + 1, "client_connection_errors_total", STREAM_ERRORS);
    }

    @Test
    void aStreamOverTheLimitIsRefused() throws IOException {
        try (var wire = new Http2Wire(port)) {
            for (var stream = 1; stream <= 201; stream += 2) {
                wire.post(stream, "/ping"); // does not end
            }
            var refused = wire.next(RST_STREAM, GOAWAY);

            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.errorCode()).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void framesAfterTheEndOfARequestAreAStreamErrorThatFollowsTheResponse() throws IOException {
        try (var wire = new Http2Wire(port)) {
            wire.get(1, "/ping").get(1, "/ping");

            assertThat(wire.next(HEADERS, RST_STREAM).headers()).contains(":status: 200");
            assertThat(wire.next(DATA, RST_STREAM).isEnd()).isTrue();
            assertThat(wire.next(RST_STREAM).errorCode()).isEqualTo(STREAM_CLOSED);
        }
    }

    @Test
    void aViolationOfTheConnectionEndsItWithGoAway() throws IOException {
        var errors = scrape.sum("client_connection_errors_total", CONNECTION_ERRORS);
        try (var wire = new Http2Wire(port)) {
            wire.send(DATA, 0, 0, new byte[1]);

            assertThat(wire.next(GOAWAY).errorCode()).isEqualTo(PROTOCOL_ERROR);
            wire.awaitClose();
        }
        scrape.awaitSum(errors + 1, "client_connection_errors_total", CONNECTION_ERRORS);
    }

    /** Rapid reset (CVE-2023-44487): 200 streams may be reset within 30 s while their requests are in progress. */
    @Test
    void aConnectionThatResetsItsStreamsRapidlyEndsWithGoAwayAndOthersAreServed() throws IOException {
        var before = scrape.sum("client_connection_errors_total", CONNECTION_ERRORS);
        try (var wire = new Http2Wire(port);
                var other = new Http2Wire(port)) {
            for (var stream = 1; stream < 2 * RESETS; stream += 2) {
                wire.post(stream, "/api/session").send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }

            assertThat(wire.next(GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
            scrape.awaitSum(before + 1, "client_connection_errors_total", CONNECTION_ERRORS);
            assertThat(other.get(1, "/ping").next(HEADERS).headers()).contains("200");
        }
    }

    @Test
    void violationsAreNotLogged(CapturedOutput log) throws IOException {
        var start = log.getAll().length();
        Upstream.SHARED.answers((request, response) -> Mono.never());
        var frames = List.of(
                new int[] {DATA, 0, 0},
                new int[] {DATA, 0, 1},
                new int[] {HEADERS, 0, 0},
                new int[] {HEADERS, 0, 2},
                new int[] {RST_STREAM, 0, 1},
                new int[] {SETTINGS, 0, 1},
                new int[] {PING, 0, 1},
                new int[] {WINDOW_UPDATE, 0, 0},
                new int[] {9, 0, 1},
                new int[] {5, 0, 1});
        for (var frame : frames) {
            for (var length : new int[] {0, 1, 4, 8, 20_000}) {
                for (var open : new boolean[] {true, false}) {
                    try (var wire = new Http2Wire(port)) {
                        if (open) {
                            wire.post(1, "/api/session");
                        }
                        wire.send(frame[0], frame[1], frame[2], new byte[length]);
                        wire.send(PING, 0, 0, new byte[8]).next(PING, GOAWAY, RST_STREAM);
                    } catch (SocketException | EOFException closed) {
                        // the gateway may close the connection instead
                    }
                }
            }
        }
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }
}
