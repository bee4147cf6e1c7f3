package kinoteka.catalog.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class ETagsTest {

    @Test
    void isAHashInQuotesAfterTheVersionIfThereIsOne() {
        var content = "{}".getBytes(UTF_8);

        assertThat(ETags.of(content)).isEqualTo("\"" + ETags.hash(content) + "\"");
        assertThat(ETags.of("v", content)).isEqualTo("\"v." + ETags.hash(content) + "\"");
        assertThat(ETags.hash(content)).matches("[\\w-]{16}").isNotEqualTo(ETags.hash("[]".getBytes(UTF_8)));
    }

    @Test
    void comparesTheWholeVersionAndNoWeakTag() {
        assertThat(ETags.hasVersion("\"v.a\"", "v")).isTrue();
        assertThat(ETags.hasVersion("\"vv.a\"", "v")).isFalse();
        assertThat(ETags.hasVersion("\"v\"", "v")).isFalse();
        assertThat(ETags.hasVersion("\"a.v\"", "v")).isFalse();
        assertThat(ETags.hasVersion("W/\"v.a\"", "v")).isFalse();
        assertThat(ETags.hasVersion("\"W/v.a\"", "v")).isFalse();
    }

    @Test
    void readsAsManyTagsAsAHeaderCanHold() {
        var header = String.join(",", Collections.nCopies(100_000, "\"\""));

        assertThat(ETags.parse(header))
                .hasValueSatisfying(tags -> assertThat(tags).hasSize(100_000));
        assertThat(ETags.parse(header + ",")).isEmpty();
        assertThat(ETags.parse("\"" + "a".repeat(1_000_000) + "\""))
                .hasValueSatisfying(tags -> assertThat(tags).hasSize(1));
    }
}
