package kinoteka.gateway.transport;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The value of the {@code Date} header, which every answer has (RFC 9110, 6.6.1). Written once a second; thread-safe. */
@Component
final class DateField {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private volatile Written last = new Written(Instant.MIN, "");

    @Autowired
    DateField() {
        this(Clock.systemUTC());
    }

    DateField(Clock clock) {
        this.clock = clock;
    }

    String now() {
        var second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var written = last;
        if (!written.second.equals(second)) {
            written = new Written(second, IMF_FIXDATE.format(second));
            last = written;
        }
        return written.text;
    }

    private record Written(Instant second, String text) {}
}
