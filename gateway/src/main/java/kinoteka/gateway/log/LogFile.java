package kinoteka.gateway.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file to which lines are appended. It may be truncated or moved away at any time. Lines go to a file that was moved away until the next
 * {@link #refresh}, which opens the file of that name or creates it. If that is impossible, they go on to the previous file.
 */
final class LogFile implements Output {

    private final Path path;
    private Opened opened;

    private LogFile(Path path) throws IOException {
        this.path = path;
        this.opened = open(path);
    }

    /** Opens or creates the file. Blocks if it is a named pipe that nobody reads. */
    static LogFile at(Path path) throws IOException {
        return new LogFile(path);
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        Output.writeFully(opened.channel, lines);
    }

    @Override
    public void refresh() throws IOException {
        if (!opened.key.equals(key(path))) {
            var previous = opened.channel;
            opened = open(path);
            previous.close();
        }
    }

    /** A path has a key, a channel has none. So the channel is that of the key if the path had it before and after it was opened. */
    private static Opened open(Path path) throws IOException {
        while (true) {
            var before = key(path);
            var channel = FileChannel.open(path, CREATE, APPEND);
            var key = key(path);
            if (key != null && key.equals(before)) {
                return new Opened(channel, key);
            }
            channel.close();
        }
    }

    /** Returns what identifies the file: its device and its inode. Null if there is no file of this name. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private record Opened(FileChannel channel, Object key) {}
}
