package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;

/** Violations of HTTP/3 end a stream or a connection, do not reach the upstream, are counted, and are not logged. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class MalformedHttp3IT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final String VALID = ":method: POST,:scheme: https,:authority: a,:path: /api/session";

    private final int port;
    private final Scrape scrape;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();

    MalformedHttp3IT(@Autowired Http3Port port, @LocalManagementPort int operatorsPort) {
        this.port = port.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
    }

    @BeforeEach
    void recordWhatReachesTheUpstream() {
        Upstream.SHARED.answers((request, response) -> {
            received.add(request.method() + " " + request.uri() + " " + request.requestHeaders());
            return response.sendString(
                    request.receive().map(ByteBuf::readableBytes).then(Mono.fromSupplier(() -> {
                        completed.incrementAndGet();
                        return "done";
                    })));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":scheme: https,:authority: a,:path: /ping",
                ":method: GET,:authority: a,:path: /ping",
                ":method: GET,:scheme: https,:authority: a",
                ":method: GET,:scheme: https,:path: /ping",
                ":method: GET,:method: PUT,:scheme: https,:authority: a,:path: /ping",
                ":method: GET,:scheme: https,:authority: a,:path: /ping,:path: /api/movie/1",
                ":method: GET,:scheme: https,:authority: a,a: b,:path: /ping",
                ":method: GET,:scheme: https,:authority: a,:path: /ping,:status: 200",
                ":method: GET,:scheme: https,:authority: a,:path: /ping,:unknown: 200",
                ":method: GET,:scheme: https,:authority: a,:path: ",
                ":method: GET,:scheme: https,:authority: a,:path: ping",
                ":method: GET,:scheme: https,:authority: a:b,:path: /ping",
                ":method: GET,:scheme: https,:authority: a,:path: /ping,host: b",
                ":method: GET,:scheme: https,:authority: a,:path: /ping /ping",
                ":method: G T,:scheme: https,:authority: a,:path: /ping",
                VALID + ",Upper: a",
                VALID + ",a b: c",
                VALID + ",a: b\r\nc: d",
                VALID + ",a: b\0c",
                VALID + ",connection: close",
                VALID + ",transfer-encoding: chunked",
                VALID + ",te: gzip",
                VALID + ",upgrade: websocket",
                VALID + ",transfer-encoding: identity",
                VALID + ",proxy-connection: close",
                ":method: GET,:scheme: https,:authority: a,:path: /a\u007f",
                VALID + ",content-length: 3,content-length: 4",
                VALID + ",content-length: +3",
                VALID + ",content-length: 3x",
                VALID + ",content-length: -1",
            })
    void aMalformedRequestIsNotProcessed(String fields, CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        var counted = scrape.sum("requests_total", "status=\"400\"");
        try (var wire = new Http3Wire(port)) {
            var stream = wire.open().fields(fields.split(",", -1));
            var response = stream.data("{}\n").end().next();

            assertThat(response).isIn("400", "reset");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        assertThat(received).isEmpty();
        scrape.awaitSum(counted + 1, "requests_total", "status=\"400\"");
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aBodyThatIsNotAsLongAsItsContentLengthIsNeverComplete(int length, CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        try (var wire = new Http3Wire(port)) {
            var stream = wire.open().fields((VALID + ",content-length: " + length).split(",", -1));

            assertThat(stream.data("{}\n").end().next()).isIn("400", "reset");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        assertThat(completed).hasValue(0);
        assertThat(log.getAll().substring(start)).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void malformedTrailersEndTheStream(CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        try (var wire = new Http3Wire(port)) {
            var stream = wire.open().fields(VALID.split(",", -1)).data("{}").fields("a: b\r\nc: d");

            assertThat(stream.end().next()).isEqualTo("reset");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        assertThat(completed).hasValue(0);
        assertThat(log.getAll().substring(start)).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void aBodyThatTheClientCancelsIsNeverComplete() throws Exception {
        var before = scrape.sum("requests_total", "status=\"499\"");
        try (var wire = new Http3Wire(port)) {
            var cancelled = wire.open().fields(VALID.split(",", -1)).data("{}");
            assertThat(wire.get("/ping").response()).as("behind it").isEqualTo("200 pong");
            cancelled.cancel();
            scrape.awaitSum(before + 1, "requests_total", "status=\"499\"");
            wire.open().fields(VALID.split(",", -1)).data("{}");
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        scrape.awaitSum(before + 2, "requests_total", "status=\"499\"");
        assertThat(completed).hasValue(0);
    }

    @Test
    void trailersAreAccepted() throws Exception {
        try (var wire = new Http3Wire(port)) {
            var stream = wire.open().fields(VALID.split(",", -1)).data("{}").fields("a: b");
            assertThat(stream.end().response()).isEqualTo("200 done");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00 01 61, 105", // DATA before HEADERS
        "04 00, 105", // SETTINGS
        "07 01 00, 105", // GOAWAY
        "03 01 00, 105", // CANCEL_PUSH
        "02 00, 105", // PRIORITY of HTTP/2
        "06 00, 105", // PING of HTTP/2
        "01 02 ff ff, 200", // an entry of the dynamic table, which is empty
    })
    void aViolationOfTheConnectionEndsIt(String bytes, String code, CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        var errors = scrape.sum("client_connection_errors_total", "error=\"http3_connection\"");
        try (var wire = new Http3Wire(port)) {
            wire.open().raw(bytes(bytes)).end();
            assertThat(wire.next()).isEqualTo("closed " + code);
        }
        scrape.awaitSum(errors + 1, "client_connection_errors_total", "error=\"http3_connection\"");
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "00 04 00, 00 04 00, 103", // a second control stream
        "02, 02, 103", // a second stream of QPACK's encoder
        "00 04 00, 01 00, 103", // a push stream
        "00 04 00 04 00, 02, 105", // SETTINGS again
        "00 04 02 02 00, 02, 109", // a setting of HTTP/2
        "00 04 bf ff ff ff, 02, 107", // SETTINGS of a gigabyte
        "00 04 00, 02 3f e1 1f, 201", // a dynamic table of 4096 bytes
        "00 04 00, 02 3f e1 ff ff ff ff ff ff 0f, 201", // and of very many bytes
        "00 04 00, 03 ff 01, 101", // acknowledges headers that were not sent
    })
    void aViolationOnAStreamOfTheConnectionEndsIt(String first, String second, String code, CapturedOutput log)
            throws Exception {
        var start = log.getAll().length();
        try (var wire = Http3Wire.ofQuicOnly(port)) {
            wire.sendOneWay(bytes(first));
            wire.sendOneWay(bytes(second));
            assertThat(wire.next()).isEqualTo("closed " + code);
        }
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    @Test
    void thereAreNoMoreOfSuchStreamsThanNeeded() throws Exception {
        try (var wire = Http3Wire.ofQuicOnly(port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.canOpenOneWay()).isTrue();
                wire.sendOneWay((byte) 0x21);
            }
            assertThat(wire.canOpenOneWay()).isFalse();
        }
    }

    @Test
    void framesOfUnknownTypesAreIgnored() throws Exception {
        try (var wire = new Http3Wire(port)) {
            var unknown = bytes("21 03 00 00 00");
            assertThat(wire.open()
                            .raw(unknown)
                            .fields(VALID.split(",", -1))
                            .raw(unknown)
                            .data("{}")
                            .raw(unknown)
                            .end()
                            .response())
                    .isEqualTo("200 done");
        }
    }

    @Test
    void aRequestThatClaimsToBeLongerThanAnyIsNotStored() throws Exception {
        try (var wire = new Http3Wire(port)) {
            wire.open().raw(bytes("01 ff ff ff ff ff ff ff ff"));
            assertThat(wire.next()).isEqualTo("closed 107");
        }
    }

    @Test
    void oneConnectionHasAHundredRequestsInProgress() throws Exception {
        try (var wire = new Http3Wire(port)) {
            for (int i = 0; i < Http3Limits.STREAMS; i++) {
                wire.open().raw((byte) 1);
            }
            assertThat(wire.canOpen()).isFalse();
        }
    }

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.ofDelimiter(" ").parseHex(hexadecimal);
    }
}
