package kinoteka.gateway.cache.coalescing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.store.CacheKey;
import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

class FlightsTest {

    private static final CacheKey KEY = new CacheKey("/api/movie", "");

    private final Versions versions = new Versions(4);
    private final Flights<String> flights = new Flights<>(versions, 2, 3);
    private final List<MonoSink<String>> calls = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final List<String> results = new ArrayList<>();

    FlightsTest() {
        versions.setCaughtUp(true);
    }

    @Test
    void oneCallServesAllThatWait() {
        join("a", KEY);
        join("b", KEY);
        join("c", KEY);

        assertThat(calls).hasSize(1);
        calls.getFirst().success("x");

        assertThat(results).containsExactly("a: x first", "b: x", "c: x");
        assertThat(flights.inProgress()).isZero();
    }

    @Test
    void aFailureIsForAllAndTheNextRequestCallsAgain() {
        join("a", KEY);
        join("b", KEY);

        calls.getFirst().error(new IllegalStateException("failed"));
        join("c", KEY);
        calls.getLast().success("x");

        assertThat(results).containsExactly("a: failed", "b: failed", "c: x first");
    }

    @Test
    void oneThatLeavesDoesNotAffectTheOthers() {
        var first = join("a", KEY);
        join("b", KEY);

        first.dispose();
        calls.getFirst().success("x");

        assertThat(cancelled).isEmpty();
        assertThat(results).containsExactly("b: x first");
    }

    @Test
    void theLastOneThatLeavesCancelsTheCall() {
        var first = join("a", KEY);
        var second = join("b", KEY);

        second.dispose();
        assertThat(cancelled).isEmpty();
        first.dispose();

        assertThat(cancelled).containsExactly("call");
        assertThat(flights.inProgress()).isZero();
        join("c", KEY);
        calls.getLast().success("x");
        assertThat(results).containsExactly("c: x first");
    }

    @Test
    void aRequestThatComesAfterAChangeDoesNotWaitForACallThatBeganBeforeIt() {
        join("a", KEY);
        versions.created(Kind.MOVIE);
        join("b", KEY);
        join("c", KEY);

        assertThat(calls).hasSize(2);
        calls.getFirst().success("old");
        calls.getLast().success("new");

        assertThat(results).containsExactly("a: old first", "b: new first", "c: new");
        assertThat(flights.inProgress()).isZero();
    }

    @Test
    void callsAndRequestsThatWaitAreLimited() {
        for (var name : List.of("a", "b", "c", "d")) {
            join(name, KEY);
        }
        assertThat(results).containsExactly("d: none");

        join("e", new CacheKey("/api/person", ""));
        join("f", new CacheKey("/api/cinema", ""));

        assertThat(results).containsExactly("d: none", "f: none");
        assertThat(calls).hasSize(2);
    }

    @Test
    void aCallWithoutAResultLeavesEveryRequestToItself() {
        join("a", KEY);
        join("b", KEY);

        calls.getFirst().success();

        assertThat(results).containsExactly("a: none", "b: none");
    }

    private Disposable join(String name, CacheKey key) {
        return flights.join(key, stamp(), this::call)
                .subscribe(
                        landing -> results.add(name + ": "
                                + (landing.result() == null
                                        ? "none"
                                        : landing.result() + (landing.isFirst() ? " first" : ""))),
                        failure -> results.add(name + ": " + failure.getMessage()));
    }

    private Mono<String> call() {
        return Mono.<String>create(calls::add).doOnCancel(() -> cancelled.add("call"));
    }

    private Stamp stamp() {
        var counters = Dependencies.of(Endpoint.MOVIES).counters("/api/movie", versions);
        return Objects.requireNonNull(versions.take(Objects.requireNonNull(counters)));
    }
}
