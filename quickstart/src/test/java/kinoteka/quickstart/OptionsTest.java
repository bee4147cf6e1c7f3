package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @TempDir
    Path folder;

    private String catalogue = "";
    private String gateway = "";

    @BeforeEach
    void makeJars() throws IOException {
        catalogue = "--catalogue=" + Files.createFile(folder.resolve("catalogue.jar"));
        gateway = "--gateway=" + Files.createFile(folder.resolve("gateway.jar"));
    }

    @Test
    void usesTheDocumentedPortsUnlessToldOtherwise() {
        assertThat(Options.parse(catalogue, gateway).ports()).isEqualTo(new Ports(8080, 9090, 8081, 9091));
        assertThat(Options.parse(
                                catalogue,
                                gateway,
                                "--gateway-port=1",
                                "--gateway-operators-port=2",
                                "--catalogue-port=3",
                                "--catalogue-operators-port=65535")
                        .ports())
                .isEqualTo(new Ports(1, 2, 3, 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "", "99999999999"})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> Options.parse(catalogue, gateway, "--gateway-port=" + port))
                .isInstanceOf(CannotStart.class)
                .hasMessage("--gateway-port: " + port + " (expected: 1..65535)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--colour=red", "gateway=x", "--gateway", "-h"})
    void refusesArgumentsItDoesNotKnow(String argument) {
        assertThatThrownBy(() -> Options.parse(argument))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("argument: " + argument + " (expected: --catalogue=, --gateway=, --cache=,");
    }

    @Test
    void saysWhichJarIsMissing() {
        assertThatThrownBy(() -> Options.parse(gateway))
                .isInstanceOf(CannotStart.class)
                .hasMessage("--catalogue: missing (expected: path of the catalogue's jar)");
        assertThatThrownBy(() -> Options.parse(catalogue, "--gateway=no.jar"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("--gateway: no.jar (expected: a jar; \"make build\" makes it)");
    }
}
