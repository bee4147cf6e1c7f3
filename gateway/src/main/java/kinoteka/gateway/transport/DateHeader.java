package kinoteka.gateway.transport;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The value of the {@code Date} header, which every response has exactly once (RFC 9110, 6.6.1). It is formatted once a
 * second. Thread-safe.
 */
@Component
public final class DateHeader {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private volatile Formatted last = new Formatted(Instant.MIN, "");

    @Autowired
    public DateHeader() {
        this(Clock.systemUTC());
    }

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    /** Returns the header's value for the current second. */
    public String now() {
        var second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var formatted = last;
        if (!formatted.second.equals(second)) {
            formatted = new Formatted(second, IMF_FIXDATE.format(second));
            last = formatted;
        }
        return formatted.text;
    }

    private record Formatted(Instant second, String text) {}
}
