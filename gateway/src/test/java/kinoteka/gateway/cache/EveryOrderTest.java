package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Member;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Executes readers, writers and the stream of changes in every possible order of their steps. A read must not be older than a change that
 * was acknowledged to a writer, or whose event had arrived, before the read began.
 */
class EveryOrderTest {

    /** One run of the actors, in one order of their steps. */
    private static final class Run {

        private final ModelCatalogue catalogue = new ModelCatalogue();
        private final CacheUnderTest cache = new CacheUnderTest(catalogue);
        private final Endpoint endpoint;
        private final String target;
        private final List<String> violations = new ArrayList<>();
        private boolean mayBeBehind;
        private boolean streamIsOpen = true;
        private int reported;
        private int mustBeVisible;

        Run(Endpoint endpoint, String target) {
            this.endpoint = endpoint;
            this.target = target;
        }

        /** A reader begins; the call that it causes, if it causes one, reads the database and responds. */
        List<Runnable> reader() {
            var call = new Part();
            return List.of(() -> call.begin(this::read), () -> call.useDatabase(), () -> call.respond());
        }

        private void read() {
            var expected = mustBeVisible;
            cache.upstream
                    .call(CacheUnderTest.request(HttpMethod.GET, endpoint, target))
                    .subscribe(response -> {
                        if (version(response) < expected && !mayBeBehind(response)) {
                            violations.add("version " + version(response) + ", " + status(response)
                                    + " (expected: at least " + expected + ")");
                        }
                    });
        }

        /** What a replica answers without being stored may be behind, unless a write of this gateway is recent. */
        private boolean mayBeBehind(UpstreamResponse response) {
            return mayBeBehind
                    && List.of("kinoteka; fwd=miss", "kinoteka; fwd=stale").contains(status(response));
        }

        private static String status(UpstreamResponse response) {
            return response.headers().get("Cache-Status");
        }

        private static int version(UpstreamResponse response) {
            return ((UpstreamResponse.Complete) response).body()[0];
        }

        /** A client of this gateway writes. */
        List<Runnable> writer() {
            var call = new Part();
            return List.of(
                    () -> call.begin(() -> cache.upstream
                            .call(CacheUnderTest.request(HttpMethod.PUT, Endpoint.MOVIE, "/api/movie/7"))
                            .subscribe(response -> mustBeVisible = Math.max(mustBeVisible, version(response)))),
                    () -> call.useDatabase(),
                    () -> call.respond());
        }

        /** Somebody writes with psql, and the event of the latest commit arrives, unless the stream is not open. */
        List<Runnable> psql() {
            return List.of(
                    () -> {
                        catalogue.primary++;
                        reported = streamIsOpen ? catalogue.primary : reported;
                    },
                    this::event);
        }

        private void event() {
            if (streamIsOpen) {
                cache.versions.singleChanged(Kind.MOVIE, Member.ID, 7);
                mustBeVisible = Math.max(mustBeVisible, reported);
            }
        }

        /** The stream is lost; changes are not reported; a new stream begins, and says that changes may have been missed. */
        List<Runnable> lostStream() {
            return List.of(
                    () -> {
                        streamIsOpen = false;
                        cache.versions.setCaughtUp(false);
                    },
                    () -> {
                        streamIsOpen = true;
                        cache.versions.everythingChanged();
                    },
                    () -> {
                        cache.versions.setCaughtUp(true);
                        mustBeVisible = catalogue.primary;
                    });
        }

        /** The call that an actor causes. */
        private final class Part {

            private ModelCatalogue.@Nullable Call call;

            void begin(Runnable begin) {
                var before = catalogue.calls.size();
                begin.run();
                call = catalogue.calls.size() > before ? catalogue.calls.getLast() : null;
            }

            void useDatabase() {
                if (call != null) {
                    call.useDatabase();
                }
            }

            void respond() {
                if (call != null) {
                    call.respond();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"MOVIE,/api/movie/7", "MOVIES,/api/movie"})
    void aWriteThroughTheGatewayIsVisibleToReadsThatBeginAfterIt(Endpoint endpoint, String target) {
        var orders = inEveryOrder(() -> {
            var run = warm(endpoint, target);
            return new Actors(run, List.of(run.reader(), run.reader(), run.writer()));
        });

        assertThat(orders).isEqualTo(1680);
    }

    @ParameterizedTest
    @CsvSource({"MOVIE,/api/movie/7", "MOVIES,/api/movie"})
    void aWriteElsewhereIsVisibleToReadsThatBeginAfterItsEvent(Endpoint endpoint, String target) {
        var orders = inEveryOrder(() -> {
            var run = warm(endpoint, target);
            run.mayBeBehind = true;
            return new Actors(
                    run, List.of(run.reader(), run.reader(), run.psql(), List.of(run.catalogue::replicaCatchesUp)));
        });

        assertThat(orders).isEqualTo(5040);
    }

    @Test
    void whatWasMissedWhileTheStreamWasLostIsNotServed() {
        var orders = inEveryOrder(() -> {
            var run = warm(Endpoint.MOVIE, "/api/movie/7");
            return new Actors(
                    run,
                    List.of(
                            run.reader(),
                            run.lostStream(),
                            run.psql(),
                            run.reader().subList(0, 1)));
        });

        assertThat(orders).isEqualTo(5040);
    }

    /** A run in which the resource has been requested before, so that lists are stored, too. */
    private static Run warm(Endpoint endpoint, String target) {
        var run = new Run(endpoint, target);
        for (var reader : List.of(run.reader(), run.reader())) {
            reader.forEach(Runnable::run);
        }
        return run;
    }

    /** The steps of the actors of a run, in the order of each actor. */
    private record Actors(Run run, List<List<Runnable>> steps) {}

    /** Executes the steps of the actors in every order; those of one actor stay in their order. Returns the number of orders. */
    private static int inEveryOrder(Supplier<Actors> actors) {
        var lengths = actors.get().steps.stream().mapToInt(List::size).toArray();
        var orders = new ArrayList<List<Integer>>();
        addOrders(lengths, new int[lengths.length], new ArrayList<>(), orders);
        for (var order : orders) {
            var current = actors.get();
            var next = new int[lengths.length];
            for (var actor : order) {
                current.steps.get(actor).get(next[actor]++).run();
            }
            assertThat(current.run.violations)
                    .as("order of the actors " + order)
                    .isEmpty();
        }
        return orders.size();
    }

    private static void addOrders(int[] lengths, int[] taken, List<Integer> order, List<List<Integer>> orders) {
        var isComplete = true;
        for (var actor = 0; actor < lengths.length; actor++) {
            if (taken[actor] < lengths[actor]) {
                isComplete = false;
                taken[actor]++;
                order.add(actor);
                addOrders(lengths, taken, order, orders);
                order.removeLast();
                taken[actor]--;
            }
        }
        if (isComplete) {
            orders.add(List.copyOf(order));
        }
    }
}
