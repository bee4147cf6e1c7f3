package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class TraceIdTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-b7ad6b7169203331-01", "cc-" + TRACE + "-b7ad6b7169203331-01-later"})
    void isThatOfAValidHeader(String traceparent) {
        assertThat(traceId(traceparent)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-" + TRACE + "-b7ad6b7169203331",
                "00-" + TRACE + "-b7ad6b7169203331-01\r\n"
            })
    void isRandomWithoutAValidHeader(String traceparent) {
        var one = traceId(traceparent);
        var other = traceId(traceparent);

        assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(TRACE).isNotEqualTo(other);
    }

    @Test
    void isRandomWithoutAHeaderOrWithTwo() {
        assertThat(TraceId.of(new HttpHeaders())).matches("[0-9a-f]{32}");

        var headers = new HttpHeaders();
        headers.add("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
        headers.add("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
        assertThat(TraceId.of(headers)).isNotEqualTo(TRACE);
    }

    private static String traceId(String traceparent) {
        var headers = new HttpHeaders();
        headers.set("traceparent", traceparent);
        return TraceId.of(headers);
    }
}
