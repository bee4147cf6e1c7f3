package kinoteka.gateway.writes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how far PostgreSQL's log reached after the latest write of each client. A client is known by its address and by its token: one
 * that reads without its token is recognized, and so is one whose address changes. Others that share the address are treated like it,
 * which makes their reads stricter and never wrong. Thread-safe.
 */
final class WritePositions {

    /** Longer than the catalogue lets a replica lag that it still reads. */
    private static final Duration MEMORY = Duration.ofSeconds(30);

    private static final int MAX_CLIENTS = 20_000;
    private static final int DIGITS = 8;
    private static final Pattern FORMAT = Pattern.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}");

    private final Cache<Object, String> positions;

    /** @param nanoClock nanoseconds since an arbitrary fixed time */
    WritePositions(LongSupplier nanoClock) {
        Ticker ticker = nanoClock::getAsLong;
        this.positions = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterWrite(MEMORY)
                .ticker(ticker)
                .build();
    }

    /** Remembers the position after a write of the client whose request has these headers. */
    void remember(HttpHeaders request, String position) {
        if (FORMAT.matcher(position).matches()) {
            keys(request).forEach(key -> positions.asMap().merge(key, position, WritePositions::later));
        }
    }

    /** The latest position of the client whose request has these headers; null if it has not written for some time. */
    @Nullable
    String find(HttpHeaders request) {
        return keys(request)
                .flatMap(key -> Stream.ofNullable(positions.getIfPresent(key)))
                .reduce(WritePositions::later)
                .orElse(null);
    }

    /** A hash is enough for tokens: two clients that share one have stricter reads. */
    private static Stream<Object> keys(HttpHeaders request) {
        @Nullable String token = request.get(HttpHeaderNames.AUTHORIZATION);
        @Nullable String address = request.get("X-Forwarded-For");
        return Stream.concat(Stream.ofNullable(token).map(String::hashCode), Stream.ofNullable(address));
    }

    private static String later(String one, String other) {
        return padded(one).compareTo(padded(other)) >= 0 ? one : other;
    }

    private static String padded(String position) {
        var separator = position.indexOf('/');
        return "0".repeat(DIGITS - separator)
                + position.substring(0, separator)
                + "0".repeat(DIGITS - (position.length() - separator - 1))
                + position.substring(separator + 1);
    }
}
