package kinoteka.quickstart.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import kinoteka.quickstart.CannotStart;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds the data, for one quickstart at a time. It is locked from opening to closing; the lock ends with the
 * process, however that ends.
 */
public final class Home implements AutoCloseable {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long NEEDED_TO_START = 300;
    private static final long NEEDED_TO_GO_ON = 16;

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lock;

    private Home(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Locks the folder, or a temporary one, and finds out whether it has room.
     *
     * @param kinotekaHome value of the environment variable; null for a folder that is deleted on closing
     */
    public static Home open(@Nullable String kinotekaHome) {
        if (kinotekaHome == null) {
            return temporary();
        }
        Path folder = Path.of(kinotekaHome).toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart("KINOTEKA_HOME: " + folder + " is a file (expected: a folder)", e);
        } catch (IOException e) {
            throw new CannotStart("KINOTEKA_HOME: " + folder + " cannot be made (" + reason(e) + ")", e);
        }
        try {
            return locked(folder, false);
        } catch (IOException e) {
            throw new CannotStart("KINOTEKA_HOME: " + folder + " cannot be written to (" + reason(e) + ")", e);
        }
    }

    private static Home temporary() {
        String parent = System.getProperty("java.io.tmpdir");
        try {
            return locked(Files.createTempDirectory("kinoteka-"), true);
        } catch (IOException e) {
            throw new CannotStart("the temporary folder " + parent + " cannot be written to (" + reason(e) + ")", e);
        }
    }

    private static Home locked(Path folder, boolean temporary) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("quickstart.lock"), CREATE, READ, WRITE);
        Home home = new Home(folder, temporary, channel);
        if (channel.tryLock() == null) {
            String holder = Files.readString(folder.resolve("quickstart.lock"), US_ASCII);
            channel.close();
            throw new CannotStart("KINOTEKA_HOME: " + folder + " is in use by the quickstart with process id " + holder
                    + " (expected: one at a time)");
        }
        try {
            requireSpace(folder, NEEDED_TO_START);
            channel.truncate(0)
                    .write(ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
        } catch (IOException | CannotStart e) {
            home.close();
            throw e;
        }
        return home;
    }

    private static void requireSpace(Path folder, long megabytes) throws IOException {
        long left = Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
        if (left < megabytes) {
            throw new CannotStart("the disk is full: " + folder + " has " + left + " MB left (expected: at least "
                    + NEEDED_TO_START + " MB)");
        }
    }

    /** Finds out whether what failed may have failed for want of room: PostgreSQL stops without space for its log. */
    public void requireRoom() throws IOException {
        requireSpace(folder, NEEDED_TO_GO_ON);
    }

    public Path folder() {
        return folder;
    }

    /** Whether it is deleted on closing. */
    public boolean isTemporary() {
        return temporary;
    }

    /** PostgreSQL's data directory. */
    public Path data() {
        return folder.resolve("postgresql");
    }

    Path log() {
        return folder.resolve("postgresql.log");
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            delete(folder);
        }
        lock.close();
    }

    /** Deletes a folder and what is in it; no such folder is well, too. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (var found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
