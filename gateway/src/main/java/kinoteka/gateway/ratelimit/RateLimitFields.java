package kinoteka.gateway.ratelimit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import kinoteka.gateway.ratelimit.bucket.Decision;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.Limit;
import org.springframework.http.HttpHeaders;

/**
 * Writes the fields {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers-11, which are lists of structured
 * fields (RFC 9651). In its terms, a bucket is a quota {@code q} of its burst in a window {@code w}, the time in which it is filled.
 */
final class RateLimitFields {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";

    private final Map<Group, Policy> policies = new EnumMap<>(Group.class);

    RateLimitFields(Map<Group, Limit> limits) {
        limits.forEach((group, limit) -> policies.put(group, Policy.of(group, limit)));
    }

    /** Writes the policies that apply to a request of this group, and what is left of them. */
    void allowed(BiConsumer<String, String> headers, Group group, Decision.Allowed decision) {
        var all = policy(Group.REQUESTS);
        var left = all.name + ";r=" + decision.requests() + all.nextToken;
        if (group == Group.REQUESTS) {
            write(headers, all.quota, left);
        } else {
            var own = policy(group);
            write(
                    headers,
                    all.quota + ", " + own.quota,
                    left + ", " + own.name + ";r=" + decision.grouped() + own.nextToken);
        }
    }

    /**
     * Writes the policy that is exceeded, and {@code Retry-After}.
     *
     * @param seconds time until the next request may be sent
     */
    void rejected(HttpHeaders headers, Group group, long seconds) {
        var exceeded = policy(group);
        write(headers::set, exceeded.quota, exceeded.name + ";r=0;t=" + seconds);
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    private static void write(BiConsumer<String, String> headers, String policy, String left) {
        headers.accept(POLICY, policy);
        headers.accept(LIMIT, left);
    }

    private Policy policy(Group group) {
        return Objects.requireNonNull(policies.get(group), "each group has a limit");
    }

    /**
     * What is constant in the fields.
     *
     * @param nextToken the parameter {@code t}: seconds after which there is one more token at the latest
     */
    private record Policy(String name, String quota, String nextToken) {

        static Policy of(Group group, Limit limit) {
            var name = '"' + group.label() + '"';
            var window = Math.ceilDiv(limit.refillTime().toNanos(), 1_000_000_000L);
            return new Policy(name, name + ";q=" + limit.burst() + ";w=" + window, ";t=" + limit.secondsForToken());
        }
    }
}
