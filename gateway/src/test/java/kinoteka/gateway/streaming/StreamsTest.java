package kinoteka.gateway.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {

    @ParameterizedTest
    @CsvSource({
        "application/json, 0, false",
        "application/json, 16384, false",
        "application/problem+json, 200, false",
        ", 5, false",
        "application/json, 16385, true",
        "application/json, 99999999999, true",
        "application/json,, true",
        "application/x-ndjson, 5, true",
        "text/event-stream;charset=UTF-8, 5, true",
        "Text/Event-Stream, 5, true"
    })
    void isAStreamUnlessShortAndOfAPlainType(@Nullable String type, @Nullable String length, boolean stream) {
        var headers = new DefaultHttpHeaders();
        if (type != null) {
            headers.set("Content-Type", type);
        }
        if (length != null) {
            headers.set("Content-Length", length);
        }

        assertThat(Streams.isStream(headers)).isEqualTo(stream);
    }
}
