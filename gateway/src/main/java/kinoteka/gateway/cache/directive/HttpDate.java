package kinoteka.gateway.cache.directive;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The date format of HTTP (RFC 9110, 5.6.7). */
public final class HttpDate {

    /** Longer than every date of the three formats. */
    private static final int MAX_LENGTH = 40;

    private HttpDate() {}

    /** Returns the time of a field; null if it is absent or not valid. */
    public static @Nullable Instant parse(@Nullable String field) {
        var date = field == null || field.length() > MAX_LENGTH ? null : DateFormatter.parseHttpDate(field);
        return date == null ? null : date.toInstant();
    }

    /** Returns the time as a field has it. */
    public static String format(Instant time) {
        return DateFormatter.format(Date.from(time));
    }
}
