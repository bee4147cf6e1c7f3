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
    private String seeder = "";

    @BeforeEach
    void createJars() throws IOException {
        catalogue = "--catalogue=" + Files.createFile(folder.resolve("catalogue.jar"));
        gateway = "--gateway=" + Files.createFile(folder.resolve("gateway.jar"));
        seeder = "--seeder=" + Files.createFile(folder.resolve("seeder.jar"));
    }

    @Test
    void usesTheDocumentedPortsByDefault() {
        assertThat(Options.parse(catalogue, gateway, seeder).ports()).isEqualTo(new Ports(8080, 9090, 8081, 9091));
        assertThat(Options.parse(
                                catalogue,
                                gateway,
                                seeder,
                                "--gateway-port=1",
                                "--gateway-operators-port=2",
                                "--catalogue-port=3",
                                "--catalogue-operators-port=65535")
                        .ports())
                .isEqualTo(new Ports(1, 2, 3, 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "", "99999999999"})
    void rejectsAnInvalidPort(String port) {
        assertThatThrownBy(() -> Options.parse(catalogue, gateway, seeder, "--gateway-port=" + port))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("--gateway-port: " + port + " (expected: 1..65535)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--colour=red", "gateway=x", "--gateway", "-h"})
    void rejectsUnknownArguments(String argument) {
        assertThatThrownBy(() -> Options.parse(argument))
                .isInstanceOf(QuickstartException.class)
                .hasMessageStartingWith(
                        "argument: " + argument + " (expected: --catalogue=, --gateway=, --seeder=, --cache=,");
    }

    @Test
    void namesTheMissingJar() {
        assertThatThrownBy(() -> Options.parse(gateway, seeder))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("--catalogue: missing (expected: path of the catalogue's jar)");
        assertThatThrownBy(() -> Options.parse(catalogue, seeder, "--gateway=no.jar"))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("--gateway: no.jar (expected: a jar; \"make build\" creates it)");
        assertThatThrownBy(() -> Options.parse(catalogue, gateway))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("--seeder: missing (expected: path of the seeder's jar)");
    }
}
