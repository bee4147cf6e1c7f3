package kinoteka.gateway.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration file contains at one time.
 *
 * @param bytes the content, one character for each byte; null if it cannot be read
 * @param problem why it cannot be read; null if it can
 */
record FileContent(@Nullable String bytes, @Nullable String problem) {

    static final FileContent MISSING = new FileContent(null, "there is no such file");

    private static final int MAX_BYTES = 1024 * 1024;

    /** Reads the file. What is no regular file is not opened, because a named pipe, for example, would block. */
    static FileContent of(Path file) {
        if (!Files.exists(file)) {
            return MISSING;
        }
        if (Files.isDirectory(file)) {
            return unreadable("it is a directory");
        }
        if (!Files.isRegularFile(file)) {
            return unreadable("it is not a regular file");
        }
        try (var input = Files.newInputStream(file)) {
            var bytes = input.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? unreadable("it is larger than 1 MB")
                    : new FileContent(new String(bytes, StandardCharsets.ISO_8859_1), null);
        } catch (IOException e) {
            return unreadable("it cannot be read: " + e);
        }
    }

    private static FileContent unreadable(String problem) {
        return new FileContent(null, problem);
    }
}
