package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.Ending;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class AccessLineTest {

    private static final long TIME = 1_795_000_000_007L;
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final AccessLine COMPLETE = new AccessLine(
            TIME,
            "HTTP/1.1",
            address("192.0.2.77"),
            "GET",
            "films.example",
            Endpoint.MOVIE,
            502,
            Ending.CUT_OFF,
            Problem.UPSTREAM_FAILED,
            1_234_567,
            999,
            3,
            4_000_000_000L,
            "http://10.0.0.1:8081",
            2,
            FailureReason.UNREACHABLE,
            1,
            true,
            "miss_stored",
            TRACE_ID,
            10);
    private static final AccessLine REJECTED = new AccessLine(
            TIME,
            "",
            null,
            "",
            "",
            null,
            400,
            Ending.COMPLETED,
            null,
            0,
            0,
            0,
            0,
            null,
            0,
            null,
            0,
            false,
            null,
            TRACE_ID,
            1);

    @Test
    void hasAllFieldsAsText() {
        assertThat(format(COMPLETE, LineFormat.TEXT))
                .isEqualTo(
                        "time=2026-11-18T11:06:40.007Z log=access level=INFO client=192.0.2.0/24 protocol=HTTP/1.1 method=GET"
                                + " host=films.example endpoint=/api/movie/ status=502 ending=cut_off"
                                + " problem=/problems/upstream-failed duration_ms=1.234 first_byte_ms=0.000 bytes_received=3"
                                + " bytes_sent=4000000000 instance=http://10.0.0.1:8081 attempts=2 last_failure=unreachable"
                                + " retries=1 retry_budget=exhausted cache=miss_stored"
                                + " trace_id=" + TRACE_ID + " requests=10\n");
    }

    @Test
    void hasAllFieldsAsJson() {
        assertThat(format(COMPLETE, LineFormat.JSON)).isEqualTo("""
                {"time":"2026-11-18T11:06:40.007Z","log":"access","level":"INFO","client":"192.0.2.0/24","protocol":"HTTP/1.1",\
                "method":"GET","host":"films.example","endpoint":"/api/movie/","status":502,"ending":"cut_off",\
                "problem":"/problems/upstream-failed","duration_ms":1.234,"first_byte_ms":0.000,"bytes_received":3,\
                "bytes_sent":4000000000,"instance":"http://10.0.0.1:8081","attempts":2,"last_failure":"unreachable",\
                "retries":1,"retry_budget":"exhausted","cache":"miss_stored",\
                "trace_id":"0af7651916cd43dd8448eb211c80319c","requests":10}
                """);
    }

    @Test
    void omitsFieldsWithoutAValue() {
        assertThat(format(REJECTED, LineFormat.TEXT))
                .isEqualTo(
                        "time=2026-11-18T11:06:40.007Z log=access level=INFO endpoint=other status=400 duration_ms=0.000"
                                + " bytes_received=0 bytes_sent=0 trace_id=" + TRACE_ID + " requests=1\n");
    }

    @ParameterizedTest
    @EnumSource
    void aClientCannotBreakALine(LineFormat format) {
        var line = AccessLine.of(ended("G\u0007T", "a\r\nb=\"c\\ \u001b[31m\u2028\u00e9", "HTTP/1.1\n"), TIME, 1);

        assertThat(format(line, format)).matches("[ -~]+\n");
    }

    @Test
    void textEscapesWhatAClientSentAsJsonDoes() {
        var line = AccessLine.of(ended("GET", "a\r\nb=\"c\\ \u001b\u2028", "HTTP/1.1"), TIME, 1);

        var json = format(line, LineFormat.JSON);
        var escaped = "\"a\\u000d\\u000ab=\\\"c\\\\ \\u001b\\u2028\"";
        assertThat(json).contains("\"host\":" + escaped + ",");
        assertThat(format(line, LineFormat.TEXT)).contains(" host=" + escaped + " ");
        assertThat(JsonMapper.shared().readTree(json).get("host").asString()).isEqualTo("a\r\nb=\"c\\ \u001b\u2028");
    }

    @Test
    void aClientCannotMakeALineLong() {
        var long16k = "\u00e9".repeat(16_000);

        assertThat(format(AccessLine.of(ended(long16k, long16k, long16k), TIME, 1), LineFormat.JSON))
                .hasSizeLessThan(4_096);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1::/48",
        "::1, ::/48",
        "::ffff:192.0.2.77, 192.0.2.0/24"
    })
    void shortensTheAddressToANetwork(String address, String network) {
        assertThat(AccessLine.network(address(address))).isEqualTo(network);
    }

    /** A request that was rejected, with what its client sent. */
    private static RequestRecord ended(String method, String host, String protocol) {
        var ended = new ArrayList<RequestRecord>();
        new RequestRecords(List.of(ended::add), new AtomicLong()::incrementAndGet)
                .rejected(
                        host,
                        method,
                        new RequestOrigin(protocol, null),
                        Trace.from(List.of()),
                        Problem.REQUEST_MALFORMED);
        return ended.getFirst();
    }

    private static String format(AccessLine line, LineFormat format) {
        var text = new StringBuilder();
        line.appendTo(text, format);
        return text.toString();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
