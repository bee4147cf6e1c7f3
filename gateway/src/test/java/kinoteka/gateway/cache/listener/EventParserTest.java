package kinoteka.gateway.cache.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    private static final String STREAM = """
            \uFEFF:changes

            id:a-1
            event:caught_up
            data:{}

            id: a-2
            event: changed
            data: {"title":
            data:  "\u0416"}
            retry: 5
            unknown: 7
            field

            id:a-3

            data:{"kind":"movie"}

            event:incomplete
            """;

    private static final List<ServerEvent> EVENTS = List.of(
            new ServerEvent("caught_up", "{}", "a-1"),
            new ServerEvent("changed", "{\"title\":\n \"\u0416\"}", "a-2"),
            new ServerEvent("", "", "a-3"),
            new ServerEvent("", "{\"kind\":\"movie\"}", null));

    private final List<ServerEvent> events = new ArrayList<>();
    private final EventParser parser = new EventParser(events::add);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void parsesAStreamHoweverItIsDividedAndWhateverItsLineEndsAre(String lineEnd) {
        var bytes = STREAM.replace("\n", lineEnd).getBytes(UTF_8);
        for (var size = 1; size <= bytes.length; size++) {
            events.clear();
            var one = new EventParser(events::add);
            for (var start = 0; start < bytes.length; start += size) {
                one.parse(
                        Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + size))));
            }

            assertThat(events).as("parts of " + size).isEqualTo(EVENTS);
        }
    }

    @Test
    void releasesWhatItParses() {
        var part = Unpooled.copiedBuffer("id:1\n\n", UTF_8);

        parser.parse(part);

        assertThat(part.refCnt()).isZero();
    }

    @Test
    void ignoresAnIdWithANull() {
        parser.parse(Unpooled.copiedBuffer("id:1\nid:\0\n\n", UTF_8));

        assertThat(events).containsExactly(new ServerEvent("", "", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "data:aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"})
    void anEventIsNotEndless(String repeated) {
        var part = Unpooled.copiedBuffer(repeated.repeat(100_000), UTF_8);

        assertThatThrownBy(() -> parser.parse(part)).isInstanceOf(UncheckedIOException.class);
        assertThat(part.refCnt()).isZero();
    }
}
