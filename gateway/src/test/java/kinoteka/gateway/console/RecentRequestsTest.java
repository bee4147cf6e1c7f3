package kinoteka.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.trace.Trace;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {

    private final AtomicLong clock = new AtomicLong();
    private final RecentRequests recent = new RecentRequests(clock::get);

    @Test
    void theLatestFailuresAreRemembered() {
        for (int i = 0; i < 100; i++) {
            recent.addFailed(request(i));
        }

        assertThat(recent.failed())
                .hasSize(RecentRequests.REMEMBERED)
                .startsWith(request(99), request(98))
                .endsWith(request(90));
    }

    @Test
    void aRejectionIsNoFailureEvenIfItIsAServerError() {
        var records = new RequestRecords(List.of(recent), clock::get);
        for (var problem : Problem.values()) {
            records.rejected("", "", new RequestOrigin("HTTP/1.1", null), Trace.from(List.of()), problem);
        }

        assertThat(recent.failed())
                .extracting(RequestSummary::status)
                .hasSize(8)
                .containsOnly(500, 502, 503, 504)
                .containsOnlyOnce(504); // the catalogue did not respond in time
    }

    @Test
    void theSlowestAreRememberedWhateverTheirOrder() {
        for (int i = 0; i < 100; i++) {
            recent.addSlow(request((i * 37) % 100));
        }

        assertThat(recent.slowest())
                .hasSize(RecentRequests.REMEMBERED)
                .startsWith(request(99), request(98))
                .endsWith(request(90));
    }

    @Test
    void slowRequestsAreForgottenAfterTheNextMinute() {
        recent.addSlow(request(50));
        clock.addAndGet(Duration.ofSeconds(61).toNanos());
        recent.addSlow(request(1));
        assertThat(recent.slowest()).containsExactly(request(50), request(1));

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(recent.slowest()).containsExactly(request(1));
        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(recent.slowest()).isEmpty();
    }

    private static RequestSummary request(double seconds) {
        return new RequestSummary("GET", "/api/movie/", 200, seconds, 1, null, "http://a", "trace");
    }
}
