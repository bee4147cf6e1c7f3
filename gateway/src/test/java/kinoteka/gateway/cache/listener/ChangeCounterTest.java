package kinoteka.gateway.cache.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Objects;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCounterTest {

    private final Versions versions = new Versions();
    private final ChangeCounter counter = new ChangeCounter(versions);
    private final long stream = counter.begin();

    @Test
    void everyChangeIsCountedFromCaughtUpUntilTheEnd() {
        assertThat(versions.isCaughtUp()).isFalse();
        assertThat(on("caught_up", "{}")).isTrue();
        assertThat(versions.isCaughtUp()).isTrue();

        counter.end(stream);

        assertThat(versions.isCaughtUp()).isFalse();
    }

    @Test
    void countsAChange() {
        on("created", "{\"kind\":\"staff\",\"id\":5,\"movie_id\":7,\"person_id\":8,\"studio_id\":9}");

        assertThat(versions.changes(Kind.STAFF)).isEqualTo(3);
        assertThat(counter.events()).isEqualTo(1);
    }

    @Test
    void whatIsCreatedIsInNoResponseExceptLists() {
        on("caught_up", "{}");
        var sessions = Objects.requireNonNull(versions.take(
                Objects.requireNonNull(Dependencies.of(Endpoint.SESSIONS).counters("/api/session", versions))));

        on("created", "{\"kind\":\"customer\",\"id\":5}");
        assertThat(versions.isCurrent(sessions)).isTrue();

        on("changed", "{\"kind\":\"customer\",\"id\":5}");
        assertThat(versions.isCurrent(sessions)).isFalse();
    }

    @Test
    void aChangeWithoutAnIdIsOneOfTheWholeKind() {
        on("deleted", "{\"kind\":\"session\"}");

        assertThat(versions.changes(Kind.SESSION)).isEqualTo(1);
        assertThat(versions.resets()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"studio\",\"id\":5}", "{\"id\":5}", "{}", "[]", "", "{\"kind\":", "null"})
    void whatItDoesNotUnderstandIsAChangeOfEverything(String data) {
        var before = versions.resets();

        on("renamed", data);

        assertThat(versions.resets()).isEqualTo(before + 1);
    }

    @Test
    void missedChangesMakeEverythingInvalidUntilCaughtUpAgain() {
        on("caught_up", "{}");
        var before = versions.resets();

        on("missed", "{\"reason\":\"x\"}");

        assertThat(versions.isCaughtUp()).isFalse();
        assertThat(versions.resets()).isEqualTo(before + 1);
        on("caught_up", "{}");
        assertThat(versions.isCaughtUp()).isTrue();
    }

    @Test
    void theEndOfTheStreamIsAFailure() {
        assertThatThrownBy(() -> on("cut_off", "{\"reason\":\"slow\"}"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("slow");
    }

    @Test
    void aStreamThatCanResumeLosesNothing() {
        counter.on(stream, new ServerEvent("caught_up", "{}", "a-1"));
        counter.on(stream, new ServerEvent("", "", "a-2"));
        counter.end(stream);
        var before = versions.resets();

        counter.begin();

        assertThat(counter.lastEventId()).isEqualTo("a-2");
        assertThat(versions.resets()).isEqualTo(before);
    }

    @Test
    void aStreamThatBeginsAnewMakesEverythingInvalid() {
        counter.end(stream);
        var before = versions.resets();

        counter.begin();

        assertThat(versions.resets()).isEqualTo(before + 1);
    }

    @Test
    void whatAStreamReceivedBeforeItEndedHasNoEffectAfterwards() {
        counter.end(stream);
        assertThat(on("caught_up", "{}")).isFalse();
        counter.begin();
        assertThat(on("caught_up", "{}")).isFalse();
        counter.end(stream);

        assertThat(versions.isCaughtUp()).isFalse();
    }

    private boolean on(String type, String data) {
        return counter.on(stream, new ServerEvent(type, data, null));
    }
}
