package kinoteka.gateway.ratelimit.subject;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.regex.Pattern;
import kinoteka.gateway.upstream.ResponseListener;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the subjects of tokens. The gateway does not verify tokens: the catalogue does, and names the subject in the header
 * {@code Gateway-Subject} of its response. A subject is therefore known from the second request with a token on, and only verified tokens
 * take memory. Thread-safe.
 */
public final class Subjects implements ResponseListener {

    private static final String HEADER = "Gateway-Subject";

    /** A number that identifies the subject, in 16 hexadecimal digits, and for how many seconds the token is valid at least. */
    private static final Pattern VALUE = Pattern.compile("([0-9a-f]{16});max-age=([0-9]{1,4})");

    /** Each takes about 200 bytes. */
    private static final int MAX_TOKENS = 100_000;

    private final Cache<TokenDigest, Verified> verified;

    public Subjects(Ticker nanoClock) {
        verified = Caffeine.newBuilder()
                .maximumSize(MAX_TOKENS)
                .ticker(nanoClock)
                .expireAfter(Expiry.<TokenDigest, Verified>writing((token, subject) -> subject.maxAge()))
                .build();
    }

    /** Returns the number that identifies the subject of a request's token; null if the token is not known to be valid. */
    public @Nullable Long find(HttpHeaders request) {
        var token = TokenDigest.of(request.get(HttpHeaderNames.AUTHORIZATION));
        var known = token == null ? null : verified.getIfPresent(token);
        return known == null ? null : known.subject();
    }

    @Override
    public void onResponse(UpstreamRequest request, UpstreamResponse response) {
        var named = response.headers().get(HEADER);
        var token = named == null ? null : TokenDigest.of(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (token == null) {
            return;
        }
        var value = VALUE.matcher(named);
        if (value.matches()) {
            verified.put(
                    token,
                    new Verified(
                            Long.parseUnsignedLong(value.group(1), 16),
                            Duration.ofSeconds(Long.parseLong(value.group(2)))));
        }
    }

    private record Verified(long subject, Duration maxAge) {}
}
