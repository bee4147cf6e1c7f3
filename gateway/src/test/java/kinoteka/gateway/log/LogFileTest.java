package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    @Test
    void appendsToAFileThatExists() throws IOException {
        var path = Files.writeString(folder.resolve("log"), "1\n");

        write(LogFile.at(path), "2\n");

        assertThat(path).hasContent("1\n2\n");
    }

    @Test
    void opensTheFileAgainAfterAMove() throws IOException {
        var path = folder.resolve("log");
        var moved = folder.resolve("log.1");
        var log = LogFile.at(path);
        write(log, "1\n");
        Files.move(path, moved);
        write(log, "2\n");
        log.refresh();
        write(log, "3\n");

        assertThat(moved).hasContent("1\n2\n");
        assertThat(path).hasContent("3\n");
    }

    @Test
    void usesTheFileThatWasCreatedInPlaceOfTheMovedOne() throws IOException {
        var path = folder.resolve("log");
        var log = LogFile.at(path);
        write(log, "1\n");
        Files.move(path, folder.resolve("log.1"));
        Files.writeString(path, "created\n");
        log.refresh();
        write(log, "2\n");

        assertThat(path).hasContent("created\n2\n");
    }

    @Test
    void goesOnAtTheBeginningOfATruncatedFile() throws IOException {
        var path = folder.resolve("log");
        var log = LogFile.at(path);
        write(log, "1\n");
        FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
        log.refresh();
        write(log, "2\n");

        assertThat(path).hasContent("2\n");
    }

    @Test
    void keepsThePreviousFileIfNoneCanBeCreated() throws IOException {
        var path = Files.createDirectory(folder.resolve("a")).resolve("log");
        var log = LogFile.at(path);
        var moved = Files.move(folder.resolve("a"), folder.resolve("b")).resolve("log");

        assertThatThrownBy(log::refresh).isInstanceOf(NoSuchFileException.class);

        write(log, "1\n");
        assertThat(moved).hasContent("1\n");
        Files.createDirectory(folder.resolve("a"));
        log.refresh();
        write(log, "2\n");
        assertThat(path).hasContent("2\n");
    }

    @Test
    void reportsAFullDisk() throws IOException {
        var log = LogFile.at(Path.of("/dev/full"));

        assertThatThrownBy(() -> write(log, "1\n")).hasMessageContaining("No space left on device");
    }

    private static void write(LogFile log, String lines) throws IOException {
        log.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII)));
    }
}
