package kinoteka.gateway.upstream.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.instance.UpstreamInstance.Thresholds;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UpstreamInstanceTest {

    private static final int FAILED_CHECKS_ALLOWED = 2;
    private static final int FAILURES_TO_EJECT = 3;

    private final AtomicLong nanos = new AtomicLong();
    private final FakeInstance client = new FakeInstance("http://a");
    private final Upstream plain = request -> Mono.never();
    private final UpstreamInstance instance = instance(false);

    private UpstreamInstance instance(boolean isNew) {
        return new UpstreamInstance(
                plain, client, nanos::get, () -> new Thresholds(FAILED_CHECKS_ALLOWED, FAILURES_TO_EJECT), isNew);
    }

    @Test
    void anInstanceThatIsAddedLaterIsNotAvailableBeforeAHealthCheckHasSucceeded() {
        var added = instance(true);
        assertThat(added.isAvailable()).isFalse();

        added.healthCheckSucceeded();
        assertThat(added.isAvailable()).isTrue();
    }

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

    /** The catalogue may start later than the gateway, which tries again and again to listen to its changes. */
    @Test
    void callsOfTheGatewayItselfDoNotEjectIt() {
        var listening = FakeInstance.request(HttpMethod.GET, PoolName.CHANGES, UpstreamRequest.Body.NONE);
        for (var i = 0; i < FAILURES_TO_EJECT; i++) {
            instance.call(listening).onErrorComplete().subscribe();
            client.fail(FailureReason.UNREACHABLE);
        }

        assertThat(instance.isAvailable()).isTrue();
        assertThat(instance.inFlight()).isZero();
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
