package kinoteka.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

    @Test
    void writesTheExampleOfTheRfcAndGoesWithTheTime() {
        var now = new AtomicReference<>(Instant.parse("1994-11-06T08:49:37.999Z"));
        var date = new DateHeader(clock(now));

        assertThat(date.now()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");

        now.set(Instant.parse("1994-11-06T08:49:38Z"));
        assertThat(date.now()).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
    }

    private static Clock clock(AtomicReference<Instant> now) {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }
}
