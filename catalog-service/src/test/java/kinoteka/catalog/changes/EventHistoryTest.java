package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTest {

    private final Recent recent = new Recent("a-1", 3);

    @Test
    void hasAllThatCameAfterAnId() {
        var none = recent.lastId();
        var first = add();
        var second = add();

        assertThat(recent.since(none))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(first, second));
        assertThat(recent.since(id(first)))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(second));
        assertThat(recent.since(id(second)))
                .hasValueSatisfying(events -> assertThat(events).isEmpty());
    }

    @Test
    void doesNotPretendToHaveWhatItForgot() {
        var first = add();
        var second = add();
        var rest = new Event[] {add(), add(), add()};

        assertThat(recent.since(id(first))).isEmpty();
        assertThat(recent.since(id(second)))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "1", "a-1", "b-1-1", "a-1-2", "a-1--1", "a-1-x", "a-1-9999999999999999999999", "a-1-1\n"
            })
    void knowsNoIdButItsOwn(String id) {
        add();

        assertThat(recent.since(id)).isEmpty();
    }

    private Event add() {
        var event = Event.caughtUp(recent.nextId());
        recent.add(event);
        return event;
    }

    private static String id(Event event) {
        return String.valueOf(event.sent().id());
    }
}
