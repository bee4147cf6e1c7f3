package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

class BroadcastTest {

    private static final Client CLIENT = new Client(Client.Kind.ANONYMOUS, "203.0.113.7");
    private static final Change MOVIE = new Change("created", "movie", "{movie}");
    private static final Change TAG = new Change("created", "tag", "{tag}");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Broadcast broadcast = broadcast();

    @Test
    void aListenerReceivesCaughtUpAtOnceWhileLiveAndElseWhenItBecomesSo() {
        var early = listen(Set.of(), null);
        assertThat(early.events).isEmpty();
        broadcast.markLive();
        var late = listen(Set.of(), null);

        assertThat(early.events).containsExactly("caught_up {}");
        assertThat(late.events).containsExactly("caught_up {}");
        assertThat(metrics.get("changes.live").gauge().value()).isEqualTo(1);
    }

    @Test
    void anInterruptionIsReportedOnceAndEndsWithCaughtUpOnce() {
        var listener = listen(Set.of("tag"), null);
        broadcast.markLive();
        broadcast.markLive();
        broadcast.markInterrupted("one");
        broadcast.markInterrupted("two");
        assertThat(metrics.get("changes.live").gauge().value()).isZero();
        broadcast.markLive();

        assertThat(listener.events).containsExactly("caught_up {}", "missed {\"reason\":\"one\"}", "caught_up {}");
    }

    @Test
    void whileInterruptedAListenerIsNotCaughtUp() {
        broadcast.markLive();
        broadcast.markInterrupted("one");

        assertThat(listen(Set.of(), null).events).isEmpty();
    }

    @Test
    void sendsEventsOfTheWantedKindsOnlyButHeartbeatsToAll() {
        var all = listen(Set.of(), null);
        var tags = listen(Set.of("tag"), null);
        broadcast.publish(MOVIE);
        broadcast.publish(TAG);
        broadcast.sendHeartbeat();

        assertThat(all.events).containsExactly("created {movie}", "created {tag}");
        assertThat(tags.events).containsExactly("created {tag}");
        assertThat(all.ids).hasSize(3).last().isEqualTo(all.ids.get(1));
        assertThat(tags.ids).containsExactly(all.ids.get(1), all.ids.get(1));
        assertThat(metrics.get("changes.events").counter().count()).isEqualTo(3);
    }

    @Test
    void resumesWithTheEventsOfTheWantedKinds() {
        broadcast.markLive();
        var first = listen(Set.of(), null);
        broadcast.publish(MOVIE);
        broadcast.publish(TAG);

        first.cancel();
        var resumed = listen(Set.of("tag"), first.ids.getFirst());
        resumed.cancel();

        assertThat(resumed.events).containsExactly("created {tag}", "caught_up {}");
        assertThat(resumed.ids).containsExactly(first.ids.getLast(), first.ids.getLast());
        assertThat(listen(Set.of("tag"), "foreign-1").events)
                .containsExactly(
                        "missed {\"reason\":\"The events after the given event id are not available.\"}",
                        "caught_up {}");
    }

    @Test
    void disconnectsAListenerWhoseQueueIsFullAndDropsWhatWaits() {
        var slow = new Receiver(2); // the comment and one event
        broadcast.stream(CLIENT, Set.of(), null).subscribe(slow);
        var quick = listen(Set.of(), null);
        for (var i = 0; i < 14; i++) {
            broadcast.publish(TAG);
        }
        assertThat(metrics.get("changes.cut.off").counter().count()).isEqualTo(1);
        assertThat(slow.ended).isNull();

        slow.request(10);
        assertThat(slow.events)
                .containsExactly(
                        "created {tag}", "cut_off {\"reason\":\"More than 10 events were waiting to be read.\"}");
        assertThat(slow.ended).isEqualTo(SignalType.ON_COMPLETE);
        assertThat(quick.events).hasSize(14);
        assertThat(metrics.get("changes.events").counter().count()).isEqualTo(1 + 10 + 14);
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void endsEveryStreamWhenItClosesAndNewOnesUntilItOpens() {
        broadcast.markLive();
        var before = listen(Set.of("tag"), null);
        broadcast.close();
        var after = listen(Set.of(), null);

        var end = "cut_off {\"reason\":\"The service is shutting down.\"}";
        assertThat(before.events).containsExactly("caught_up {}", end);
        assertThat(before.ended).isEqualTo(SignalType.ON_COMPLETE);
        assertThat(after.events).containsExactly(end);
        assertThat(after.ended).isEqualTo(SignalType.ON_COMPLETE);
        assertThat(metrics.get("changes.live").gauge().value()).isZero();
        assertThat(open()).isZero();

        broadcast.open();
        assertThat(listen(Set.of(), null).ended).isNull();
    }

    @Test
    void aStreamTakesItsSlotOnSubscriptionAndReleasesItOnce() {
        var stream = broadcast.stream(CLIENT, Set.of(), null);
        assertThat(open()).isZero();
        var listener = new Receiver(Long.MAX_VALUE);
        stream.subscribe(listener);
        assertThat(open()).isEqualTo(1);
        listen(Set.of(), null);

        listener.cancel();
        listener.cancel();
        broadcast.publish(TAG);

        assertThat(open()).isEqualTo(1);
        assertThat(listener.events).isEmpty();
        assertThat(metrics.get("changes.events").counter().count()).isEqualTo(1);
    }

    @Test
    void aClientThatDisconnectsDuringItsSubscriptionLeavesNoSlotTaken() {
        for (var i = 0; i < 20; i++) {
            broadcast.stream(CLIENT, Set.of(), null).subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.cancel();
                }
            });
        }

        assertThat(open()).isZero();
    }

    @Test
    void aClientThatDisconnectsAtAnyMessageLeavesNoSlotTaken() {
        broadcast.markLive();
        for (var messages = 1; messages <= 4; messages++) {
            broadcast.stream(CLIENT, Set.of(), null).take(messages).subscribe();
            broadcast.publish(TAG);
            broadcast.sendHeartbeat();
            assertThat(open()).as("after %s messages", messages).isZero();
        }
    }

    @Test
    void aRejectedStreamReleasesNoSlotOfAnother() {
        listen(Set.of(), null);
        listen(Set.of(), null);
        var rejected = listen(Set.of(), null);

        assertThat(rejected.failure).isInstanceOf(ProblemException.class);
        assertThat(open()).isEqualTo(2);
        assertThat(listen(Set.of(), null).failure).isInstanceOf(ProblemException.class);
    }

    private double open() {
        return metrics.get("changes.listeners")
                .tag("client", "anonymous")
                .gauge()
                .value();
    }

    private Receiver listen(Set<String> kinds, @Nullable String lastEventId) {
        var receiver = new Receiver(Long.MAX_VALUE);
        broadcast.stream(CLIENT, kinds, lastEventId).subscribe(receiver);
        return receiver;
    }

    private Broadcast broadcast() {
        var second = Duration.ofSeconds(1);
        var settings = new ChangesSettings(4, 3, 2, 10, 10, second, second, second);
        return new Broadcast(settings, new ListenerSlots(settings, metrics), metrics);
    }

    /** Everything that one stream has sent. */
    private static final class Receiver extends BaseSubscriber<ServerSentEvent<String>> {

        private final List<String> events = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final long demand;
        private @Nullable SignalType ended;
        private @Nullable Throwable failure;

        Receiver(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(ServerSentEvent<String> message) {
            if (message.event() != null) {
                events.add(message.event() + " " + message.data());
            }
            if (message.id() != null) {
                ids.add(message.id());
            }
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            failure = throwable;
        }

        @Override
        protected void hookFinally(SignalType type) {
            ended = type;
        }
    }
}
