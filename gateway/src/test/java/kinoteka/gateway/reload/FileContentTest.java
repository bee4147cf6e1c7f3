package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {

    private Path file = Path.of("gateway.yaml");

    @BeforeEach
    void inFolder(@TempDir Path folder) {
        file = folder.resolve("gateway.yaml");
    }

    @Test
    void isEqualIfTheContentIs() throws IOException {
        Files.writeString(file, "a: é");
        var before = FileContent.of(file);

        Files.writeString(file, "a: é");
        assertThat(FileContent.of(file)).isEqualTo(before);

        Files.writeString(file, "a: e");
        assertThat(FileContent.of(file)).isNotEqualTo(before);
    }

    @Test
    void saysThatThereIsNoFile() throws IOException {
        assertThat(FileContent.of(file).problem()).isEqualTo("there is no such file");

        Files.createSymbolicLink(file, Path.of("nowhere"));
        assertThat(FileContent.of(file).problem()).isEqualTo("there is no such file");
    }

    @Test
    void saysThatItIsADirectory() throws IOException {
        Files.createDirectory(file);

        assertThat(FileContent.of(file).problem()).isEqualTo("it is a directory");
    }

    @Test
    void doesNotReadADevice() throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));

        assertThat(FileContent.of(file).problem()).isEqualTo("it is not a regular file");
    }

    @Test
    void saysThatItIsTooLarge() throws IOException {
        Files.write(file, new byte[1024 * 1024]);
        assertThat(FileContent.of(file).problem()).isNull();

        Files.write(file, new byte[1024 * 1024 + 1]);
        assertThat(FileContent.of(file).problem()).isEqualTo("it is larger than 1 MB");
    }

    /** The memory of this process, whose first page cannot be read even by root, whom permissions do not stop. */
    @Test
    void saysThatItCannotBeRead() throws IOException {
        Files.createSymbolicLink(file, Path.of("/proc/self/mem"));

        assertThat(FileContent.of(file).problem()).startsWith("it cannot be read: java.io.IOException");
    }
}
