package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, postgres-linux-x86_64.txz",
        "Linux, amd64, true, postgres-linux-x86_64-alpine_linux.txz",
        "Linux, aarch64, false, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, false, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, false, postgres-darwin-x86_64.txz"
    })
    void containsPostgresqlForEachSupportedMachine(String system, String processor, boolean alpine, String archive) {
        assertThat(Binaries.archiveFor(system, processor, alpine)).isEqualTo(archive);
        assertThat(BinariesTest.class.getResource("/" + archive)).isNotNull();
    }
}
