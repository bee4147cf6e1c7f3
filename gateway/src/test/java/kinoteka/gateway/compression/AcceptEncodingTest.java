package kinoteka.gateway.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kinoteka.gateway.compression.codec.Coding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    private static final List<Coding> OFFERED = List.of(Coding.ZSTD, Coding.BR, Coding.GZIP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                                  | GZIP",
                "GZip                                  | GZIP",
                "x-gzip                                | GZIP",
                "gzip, deflate, br, zstd               | ZSTD",
                "gzip, deflate, br                     | BR",
                "gzip;q=1.0, br;q=0.5                  | GZIP",
                "gzip; q=0.8 , br ; q=0.9              | BR",
                "gzip;Q=0.001                          | GZIP",
                "zstd;q=0, *                           | BR",
                "*                                     | ZSTD",
                "*;q=0.5, gzip                         | GZIP",
                "gzip;q=0.5, identity                  |",
                "gzip;q=0.5, identity;q=0.5            | GZIP",
                "gzip;q=0.5, identity;q=0.4            | GZIP",
                "gzip, identity;q=0                    | GZIP",
                "identity;q=0                          |",
                "gzip;q=0                              |",
                "*;q=0                                 |",
                "identity                              |",
                "deflate, compress                     |",
                "''                                    |",
                "gzip;q=2, br                          | BR",
                "gzip;level=9                          |",
                "gzip;q=0.1234                         |",
                ",;,;q=1,gzip                          | GZIP",
                "gzipped, notgzip                      |",
            })
    void theCodingThatTheClientPrefersIsChosen(String header, @Nullable Coding coding) {
        assertThat(choose(header)).isEqualTo(coding);
    }

    private static @Nullable Coding choose(String... header) {
        return AcceptEncoding.parse(List.of(header)).choose(OFFERED);
    }

    /** Otherwise a client could keep an event loop busy with headers of 16 KB. */
    @Test
    void elementsAfterTheFirst32AreIgnored() {
        assertThat(choose(",".repeat(31) + "gzip")).isEqualTo(Coding.GZIP);
        assertThat(choose(",".repeat(32) + "gzip")).isNull();
        assertThat(choose(",".repeat(16), ",".repeat(16), "gzip")).isNull();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(choose("gzip;q=0.5", "br")).isEqualTo(Coding.BR);
        assertThat(choose()).isNull();
    }

    @Test
    void aCodingThatIsNotOfferedIsNotChosen() {
        assertThat(AcceptEncoding.parse(List.of("br, gzip;q=0.1")).choose(List.of(Coding.GZIP)))
                .isEqualTo(Coding.GZIP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, identity;q=0  | true",
                "gzip, *;q=0         | true",
                "gzip, *;q=0, identity;q=0.1 | false",
                "gzip                | false",
                "gzip, *             | false",
            })
    void anUncompressedResponseIsAcceptableUnlessItIsExcluded(String header, boolean excluded) {
        assertThat(AcceptEncoding.parse(List.of(header)).isIdentityExcluded()).isEqualTo(excluded);
    }
}
