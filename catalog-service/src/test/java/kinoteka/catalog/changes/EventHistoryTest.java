package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHistoryTest {

    private final EventHistory history = new EventHistory("a-1", 3);

    @Test
    void returnsAllEventsAfterAnId() {
        var none = history.lastId();
        var first = add();
        var second = add();

        assertThat(history.since(none))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(first, second));
        assertThat(history.since(id(first)))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(second));
        assertThat(history.since(id(second)))
                .hasValueSatisfying(events -> assertThat(events).isEmpty());
        assertThat(history.lastId()).isEqualTo(id(second));
    }

    @Test
    void returnsNothingForAnIdWhoseNextEventIsNoLongerKept() {
        var first = add();
        var second = add();
        var rest = new Event[] {add(), add(), add()};

        assertThat(history.since(id(first))).isEmpty();
        assertThat(history.since(id(second)))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "1", "a-1", "b-1-1", "a-1-2", "a-1--1", "a-1-x", "a-1-9999999999999999999999", "a-1-1\n"
            })
    void returnsNothingForAForeignId(String id) {
        add();

        assertThat(history.since(id)).isEmpty();
    }

    private Event add() {
        var event = Event.caughtUp(history.nextId());
        history.add(event);
        return event;
    }

    private static String id(Event event) {
        return String.valueOf(event.message().id());
    }
}
