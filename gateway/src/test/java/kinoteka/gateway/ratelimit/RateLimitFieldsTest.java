package kinoteka.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import kinoteka.gateway.ratelimit.bucket.Decision;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.Limit;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** The syntax is that of lists of strings with parameters (RFC 9651, 3.1). */
class RateLimitFieldsTest {

    private final HttpHeaders headers = new HttpHeaders();
    private final RateLimitFields fields = new RateLimitFields(new EnumMap<>(Map.of(
            Group.REQUESTS, new Limit(200, 1000),
            Group.LISTS, new Limit(3, 10),
            Group.WRITES, new Limit(1000, 1),
            Group.ACCOUNTS, new Limit(0.3, 30))));

    @Test
    void nameThePolicyOfAllRequestsAndWhatIsLeftOfIt() {
        fields.allowed(headers::set, Group.REQUESTS, new Decision.Allowed(999, Long.MAX_VALUE));

        assertFields("\"requests\";q=1000;w=5", "\"requests\";r=999;t=1");
        assertThat(headers.containsHeader(HttpHeaders.RETRY_AFTER)).isFalse();
    }

    @Test
    void nameThePolicyOfTheGroupToo() {
        fields.allowed(headers::set, Group.ACCOUNTS, new Decision.Allowed(7, 0));

        assertFields("\"requests\";q=1000;w=5, \"accounts\";q=30;w=100", "\"requests\";r=7;t=1, \"accounts\";r=0;t=4");
    }

    @Test
    void haveWindowsInWholeSecondsRoundedUp() {
        fields.rejected(headers, Group.LISTS, 1);
        assertFields("\"lists\";q=10;w=4", "\"lists\";r=0;t=1");

        fields.rejected(headers, Group.WRITES, 1);
        assertFields("\"writes\";q=1;w=1", "\"writes\";r=0;t=1");
    }

    @Test
    void ofARejectionAgreeWithRetryAfter() {
        fields.rejected(headers, Group.ACCOUNTS, 3);

        assertFields("\"accounts\";q=30;w=100", "\"accounts\";r=0;t=3");
        assertThat(headers.get(HttpHeaders.RETRY_AFTER)).containsExactly("3");
    }

    private void assertFields(String policy, String limit) {
        assertThat(headers.get("RateLimit-Policy")).containsExactly(policy);
        assertThat(headers.get("RateLimit")).containsExactly(limit);
    }
}
