package kinoteka.gateway.upstream.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.instance.UpstreamInstance.Thresholds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class LoadBalancingTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<FakeInstance> clients =
            Stream.of("http://a", "http://b", "http://c").map(FakeInstance::new).toList();
    private final List<UpstreamInstance> instances = clients.stream()
            .map(client -> new UpstreamInstance(
                    request -> Mono.never(), client, nanos::get, () -> new Thresholds(0, 3), false))
            .toList();
    private final Random random = new Random(1);
    private int turn;

    @Test
    void requestsAreDistributedEvenlyWithoutLoad() {
        assertThat(chosen(300))
                .containsOnly(Map.entry("http://a", 100), Map.entry("http://b", 100), Map.entry("http://c", 100));
    }

    /** A slow instance has more calls in progress than the others. */
    @Test
    void theInstanceWithMoreCallsInProgressIsNotChosen() {
        begin(0, 5);

        assertThat(chosen(300)).containsOnlyKeys("http://b", "http://c");
    }

    @Test
    void callsInProgressAreComparedWithTheLimit() {
        clients.get(0).setLimit(100);
        clients.get(1).setLimit(10);
        clients.get(2).setLimit(10);
        begin(0, 30); // 30 % of its limit
        begin(1, 5); // 50 % of its limit
        begin(2, 5);

        assertThat(chosen(300).get("http://a")).isGreaterThan(190);
    }

    @Test
    void callsThatHaveEndedAreNotCounted() {
        begin(0, 3);
        clients.get(0).respond(200);
        clients.get(0).fail(FailureReason.BROKEN_OFF);
        instances.get(0).call(FakeInstance.get()).subscribe().dispose();
        assertThat(instances.get(0).inFlight()).isOne();

        clients.get(0).respond(200);
        assertThat(instances.get(0).inFlight()).isZero();
    }

    @Test
    void anInstanceThatRejectsIsNotChosen() {
        clients.get(1).setRejecting(true);

        assertThat(chosen(300)).containsOnlyKeys("http://a", "http://c");
    }

    /** So that the client learns why. */
    @Test
    void anAvailableInstanceIsChosenIfAllReject() {
        clients.forEach(client -> client.setRejecting(true));
        eject(0);

        assertThat(chosen(300)).containsOnlyKeys("http://b", "http://c");
    }

    @Test
    void anyInstanceIsChosenIfNoneIsAvailable() {
        eject(0);
        eject(1);
        eject(2);

        assertThat(chosen(300)).containsOnlyKeys("http://a", "http://b", "http://c");
    }

    @Test
    void aRetryUsesAnotherInstance() {
        assertThat(Stream.generate(() -> candidates("http://b").next().toString())
                        .limit(300))
                .containsOnly("http://a", "http://c");
    }

    @Test
    void aRetryUsesTheSameInstanceIfThereIsNoOther() {
        eject(0);
        eject(2);

        assertThat(candidates("http://b").next()).hasToString("http://b");
    }

    @Test
    void eachCandidateIsTriedOnce() {
        var candidates = candidates(null);

        assertThat(List.of(candidates.next(), candidates.next(), candidates.next()))
                .containsExactlyInAnyOrderElementsOf(instances);
        assertThat(candidates.hasNext()).isFalse();
    }

    /** It has few calls in progress, because they end at once, and is not ejected, because it responds. */
    @Test
    void anInstanceThatFailsAtOnceDoesNotAttractTheRequests() {
        for (int i = 0; i < 100; i++) {
            begin(0, 1);
            clients.get(0).respond(503);
        }
        begin(1, 5);
        begin(2, 5);
        assertThat(chosen(300)).containsOnlyKeys("http://b", "http://c");

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(chosen(300).get("http://a"))
                .as("after it was spared for a time")
                .isGreaterThan(190);
    }

    @Test
    void failuresOfAllInstancesChangeNothing() {
        for (int instance = 0; instance < 3; instance++) {
            for (int i = 0; i < 100; i++) {
                begin(instance, 1);
                clients.get(instance).respond(503);
            }
        }

        assertThat(chosen(300).values()).containsExactly(100, 100, 100);
    }

    @Test
    void aFewFailuresDoNotMoveAllRequests() {
        begin(0, 3);
        clients.get(0).respond(500);
        clients.get(0).respond(500);
        clients.get(0).fail(FailureReason.BROKEN_OFF);

        assertThat(chosen(300).values()).containsExactly(100, 100, 100);
    }

    @Test
    void rejectionsByLimitsAreNotFailuresOfTheInstance() {
        begin(0, 100);
        for (int i = 0; i < 100; i++) {
            clients.get(0).fail(FailureReason.OVERLOADED);
        }

        assertThat(chosen(300).values()).containsExactly(100, 100, 100);
    }

    private void begin(int instance, int calls) {
        for (int i = 0; i < calls; i++) {
            instances.get(instance).call(FakeInstance.get()).subscribe(response -> {}, failure -> {});
        }
    }

    private void eject(int instance) {
        for (int i = 0; i < 3; i++) {
            instances.get(instance).markUnreachable("refused");
        }
    }

    private Candidates candidates(@Nullable String failed) {
        return Candidates.of(instances, turn++, failed, random::nextInt, nanos.get());
    }

    private Map<String, Integer> chosen(int times) {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < times; i++) {
            counts.merge(candidates(null).next().toString(), 1, Integer::sum);
        }
        return counts;
    }
}
