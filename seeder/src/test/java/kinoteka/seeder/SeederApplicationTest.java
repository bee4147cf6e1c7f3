package kinoteka.seeder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeederApplicationTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void readsThePasswordFromTheSameFileAsTheCatalogue(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("kinoteka.catalog.database.password"), "secret\n");

        assertThat(SeederApplication.environment("--KINOTEKA_SECRETS=" + secrets)
                        .getProperty("kinoteka.catalog.database.password"))
                .isEqualTo("secret");
    }

    @Test
    void reportsADatabaseThatCannotBeReachedInOneLine() {
        assertThat(run("--kinoteka.catalog.database.hosts=localhost:1")).isEqualTo(1);

        assertThat(out.toString(UTF_8)).isEqualTo("seeding kinoteka at localhost:1\n");
        assertThat(err.toString(UTF_8))
                .startsWith("the database could not be seeded: ")
                .contains("localhost:1")
                .hasLineCount(1);
    }

    @Test
    void reportsASettingThatCannotWorkInOneLine() {
        assertThat(run("--kinoteka.catalog.database.connect-timeout=0s")).isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .endsWith("connectTimeout: PT0S (expected: > 0)\n")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "--help", "-SEED_COUNT=5", "--=5"})
    void rejectsArgumentsThatAreNoSettings(String argument) {
        assertThat(run(argument)).isEqualTo(1);

        assertThat(err.toString(UTF_8)).isEqualTo("argument: " + argument + " (expected: settings as --name=value)\n");
    }

    private int run(String... arguments) {
        return SeederApplication.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }
}
