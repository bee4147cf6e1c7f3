package kinoteka.catalog.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedEnvironmentTest {

    private static final String FOLDER = "KINOTEKA_SECRETS";

    @AfterEach
    void forget() {
        System.clearProperty(FOLDER);
    }

    @Test
    void hasThePasswordFromTheFileThatTheServiceReadsItFrom(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("kinoteka.catalog.database.password"), "secret\n");
        System.setProperty(FOLDER, secrets.toString());

        assertThat(SeedCommand.environment().getProperty("kinoteka.catalog.database.password"))
                .isEqualTo("secret");
    }
}
