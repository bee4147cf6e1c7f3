package kinoteka.gateway.cache.directive;

import static kinoteka.gateway.cache.directive.EntityTags.Result.DIFFERS;
import static kinoteka.gateway.cache.directive.EntityTags.Result.MALFORMED;
import static kinoteka.gateway.cache.directive.EntityTags.Result.MATCHES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTagsTest {

    @Test
    void comparesWeakly() {
        assertThat(compare("\"a\"", "\"a\"")).isEqualTo(MATCHES);
        assertThat(compare("\"a\"", "W/\"a\"")).isEqualTo(MATCHES);
        assertThat(compare("W/\"a\"", "\"a\"")).isEqualTo(MATCHES);
        assertThat(compare("\"a\"", "\"b\"")).isEqualTo(DIFFERS);
        assertThat(compare("\"a\"", "\"A\"")).isEqualTo(DIFFERS);
    }

    @Test
    void findsATagInALists() {
        assertThat(compare("\"a\"", "\"b\", W/\"c\",\"a\"")).isEqualTo(MATCHES);
        assertThat(compare("\"a\"", "\"b\"", "\"a\"")).isEqualTo(MATCHES);
        assertThat(compare("\"a,b\"", "\"x\", \"a,b\"")).isEqualTo(MATCHES);
        assertThat(compare("\"b\"", "\"a,\"b\"")).isEqualTo(MALFORMED);
    }

    @Test
    void anAsteriskMatchesEverything() {
        assertThat(compare("\"a\"", "*")).isEqualTo(MATCHES);
        assertThat(compare("\"a\"", "*", "\"b\"")).isEqualTo(MALFORMED);
    }

    @Test
    void recognizesWhatIsNoTag() {
        for (var malformed : List.of("", "a", "\"a", "a\"", "w/\"a\"", "\"a\" \"b\"", "\"a b\"", ",")) {
            assertThat(compare("\"c\"", malformed)).as(malformed).isEqualTo(MALFORMED);
        }
    }

    private static EntityTags.Result compare(String etag, String... fields) {
        return EntityTags.compare(List.of(fields), etag);
    }
}
