package kinoteka.gateway.upstream.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.Upstream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UpstreamInstanceTest {

    private static final int FAILED_CHECKS_ALLOWED = 2;
    private static final int FAILURES_TO_EJECT = 3;

    private final AtomicLong nanos = new AtomicLong();
    private final FakeInstance client = new FakeInstance("http://a");
    private final Upstream plain = request -> Mono.never();
    private final UpstreamInstance instance =
            new UpstreamInstance(plain, client, nanos::get, FAILED_CHECKS_ALLOWED, FAILURES_TO_EJECT);

    @Test
    void isAvailableAndNotHealthyBeforeTheFirstHealthCheck() {
        assertThat(instance.isAvailable()).isTrue();
        assertThat(instance.isHealthy()).isFalse();
    }

    /** Otherwise an open circuit breaker would make the instance unhealthy. */
    @Test
    void healthChecksDoNotPassTheDecoratorsOfRequests() {
        assertThat(instance.healthCheckClient()).isSameAs(plain);

        instance.call(FakeInstance.get()).subscribe();
        assertThat(client.received()).isOne();
    }

    @Test
    void isUnhealthyAfterMoreConsecutiveFailedChecksThanAllowed() {
        instance.healthCheckSucceeded();
        failChecks(FAILED_CHECKS_ALLOWED);
        assertThat(instance.isHealthy()).isTrue();

        failChecks(1);
        assertThat(instance.isHealthy()).isFalse();
        assertThat(instance.isAvailable()).isFalse();
    }

    @Test
    void aSuccessfulCheckResetsTheCount() {
        instance.healthCheckSucceeded();
        failChecks(FAILED_CHECKS_ALLOWED);
        instance.healthCheckSucceeded();
        failChecks(FAILED_CHECKS_ALLOWED);

        assertThat(instance.isHealthy()).isTrue();
    }

    @Test
    void isEjectedAfterConsecutiveRequestsThatCannotReachItAndStaysHealthy() {
        instance.healthCheckSucceeded();
        markUnreachable(FAILURES_TO_EJECT - 1);
        assertThat(instance.isAvailable()).isTrue();

        markUnreachable(1);
        assertThat(instance.isAvailable()).isFalse();
        assertThat(instance.isHealthy()).as("healthy").isTrue();
    }

    @Test
    void aRequestThatReachesItResetsTheCount() {
        markUnreachable(FAILURES_TO_EJECT - 1);
        instance.markReachable();
        markUnreachable(FAILURES_TO_EJECT - 1);

        assertThat(instance.isAvailable()).isTrue();
    }

    @Test
    void oneSuccessfulCheckMakesItAvailable() {
        failChecks(FAILED_CHECKS_ALLOWED + 1);
        markUnreachable(FAILURES_TO_EJECT);
        assertThat(instance.isAvailable()).isFalse();

        instance.healthCheckSucceeded();
        assertThat(instance.isAvailable()).isTrue();
        assertThat(instance.isHealthy()).isTrue();
    }

    private void failChecks(int times) {
        for (int i = 0; i < times; i++) {
            instance.healthCheckFailed("status 503");
        }
    }

    private void markUnreachable(int times) {
        for (int i = 0; i < times; i++) {
            instance.markUnreachable("refused");
        }
    }
}
