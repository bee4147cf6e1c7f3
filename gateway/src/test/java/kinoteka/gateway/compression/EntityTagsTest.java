package kinoteka.gateway.compression;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.gateway.compression.codec.Coding;
import org.junit.jupiter.api.Test;

class EntityTagsTest {

    @Test
    void aCompressedResponseHasAnotherStrongTag() {
        assertThat(EntityTags.compressed("\"a.b\"", Coding.GZIP)).isEqualTo("\"a.b+gzip\"");
        assertThat(EntityTags.compressed("\"\"", Coding.BR)).isEqualTo("\"+br\"");
    }

    @Test
    void aWeakTagIsThatOfTheCompressedResponseToo() {
        assertThat(EntityTags.compressed("W/\"a\"", Coding.GZIP)).isEqualTo("W/\"a\"");
    }

    @Test
    void conditionsGetTheOriginalTagsBack() {
        assertThat(EntityTags.original("\"a+gzip\", W/\"b+br\",\"c+zstd\", \"d\""))
                .isEqualTo("\"a\", W/\"b\",\"c\", \"d\"");
        assertThat(EntityTags.original("*")).isEqualTo("*");
    }

    @Test
    void tagsOfOtherCodingsStay() {
        assertThat(EntityTags.original("\"a+gzip\", \"a+br\"", Coding.BR)).isEqualTo("\"a+gzip\", \"a\"");
    }
}
