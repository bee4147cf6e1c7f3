package kinoteka.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kinoteka.quickstart.QuickstartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void createsAndKeepsTheConfiguredFolder() throws IOException {
        Path wanted = folder.resolve("a/b");

        Home.open(wanted.toString()).close();

        assertThat(wanted).isDirectory();
    }

    @Test
    void deletesATemporaryFolder() throws IOException {
        Home home = Home.open(null);
        Files.writeString(Files.createDirectories(home.data()).resolve("PG_VERSION"), "18");

        home.close();

        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void rejectsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Home.open(file.toString()))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("KINOTEKA_HOME: " + file + " is a file (expected: a folder)");
    }

    @Test
    void rejectsAFolderThatCannotBeCreated() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Home.open(file.resolve("home").toString()))
                .isInstanceOf(QuickstartException.class)
                .hasMessageStartingWith("KINOTEKA_HOME: " + file.resolve("home") + " cannot be created (");
    }
}
