package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {

    @Test
    void parsesThePayloadsOfTheTriggers() {
        assertThat(Change.parse("created {\"kind\":\"comment\",\"id\":5,\"movie_id\":7}"))
                .contains(new Change("created", "comment", "{\"kind\":\"comment\",\"id\":5,\"movie_id\":7}"));
        assertThat(Change.parse("deleted {\"kind\":\"session\"}"))
                .contains(new Change("deleted", "session", "{\"kind\":\"session\"}"));
    }

    @Test
    void parsesAKindOfANewerSchema() {
        assertThat(Change.parse("changed {\"kind\":\"soundtrack\",\"id\":1}"))
                .map(Change::kind)
                .contains("soundtrack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "created",
                "created movie",
                "destroyed {\"kind\":\"movie\",\"id\":1}",
                "created {\"id\":1}",
                "created {\"kind\":\"movie\",\"id\":1}\ndata: forged",
                "created {\"kind\":\"movie\",\"title\":\"Stalker\"}"
            })
    void parsesNothingElse(String payload) {
        assertThat(Change.parse(payload)).isEmpty();
    }
}
