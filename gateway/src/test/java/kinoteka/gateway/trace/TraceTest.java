package kinoteka.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void continuesAValidTraceWithANewSpan() {
        var trace = Trace.from(SENT, TraceTest::always);

        assertThat(trace.continued()).isTrue();
        assertThat(trace.traceparent()).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-01");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
            })
    void beginsATraceIfNoneIsSentOrItIsInvalid(@Nullable String sent) {
        var trace = Trace.from(sent, TraceTest::always);

        assertThat(trace.continued()).isFalse();
        assertThat(trace.traceparent()).isEqualTo("00-0000000000000abc0000000000000abc-0000000000000abc-00");
    }

    @Test
    void readsALaterVersionWithFieldsAfterTheFlags() {
        var trace = Trace.from(
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future", TraceTest::always);

        assertThat(trace.traceparent()).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-01");
    }

    @Test
    void beginsATraceIfTwoAreSent() {
        assertThat(Trace.from(List.of(SENT, SENT)).continued()).isFalse();
    }

    @Test
    void neverHasAnIdOfZeros() {
        assertThat(Trace.from(null, () -> 0).traceparent()).doesNotContain("-0000000000000000-");
    }

    private static long always() {
        return 0xABC;
    }
}
