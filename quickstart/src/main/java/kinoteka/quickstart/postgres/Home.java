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
import kinoteka.quickstart.QuickstartException;
import org.jspecify.annotations.Nullable;

/**
 * The folder that contains the data. It is locked while it is open, so that one quickstart at a time uses it. The operating
 * system releases the lock when the process ends for any reason.
 */
public final class Home implements AutoCloseable {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long MEGABYTES_TO_START = 300;
    private static final long MEGABYTES_TO_RUN = 16;

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lock;

    private Home(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Creates the folder if it does not exist, locks it, and checks that there is enough space on its disk.
     *
     * @param kinotekaHome value of the environment variable; null for a temporary folder, which is deleted on closing
     */
    public static Home open(@Nullable String kinotekaHome) {
        if (kinotekaHome == null) {
            return temporary();
        }
        Path folder = Path.of(kinotekaHome).toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new QuickstartException("KINOTEKA_HOME: " + folder + " is a file (expected: a folder)", e);
        } catch (IOException e) {
            throw new QuickstartException("KINOTEKA_HOME: " + folder + " cannot be created (" + reason(e) + ")", e);
        }
        try {
            return locked(folder, false);
        } catch (IOException e) {
            throw new QuickstartException("KINOTEKA_HOME: " + folder + " cannot be written to (" + reason(e) + ")", e);
        }
    }

    private static Home temporary() {
        String parent = System.getProperty("java.io.tmpdir");
        try {
            return locked(Files.createTempDirectory("kinoteka-"), true);
        } catch (IOException e) {
            throw new QuickstartException(
                    "the temporary folder " + parent + " cannot be written to (" + reason(e) + ")", e);
        }
    }

    private static Home locked(Path folder, boolean temporary) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("quickstart.lock"), CREATE, READ, WRITE);
        Home home = new Home(folder, temporary, channel);
        if (channel.tryLock() == null) {
            String holder = Files.readString(folder.resolve("quickstart.lock"), US_ASCII);
            channel.close();
            throw new QuickstartException("KINOTEKA_HOME: " + folder + " is used by the quickstart with process id "
                    + holder + " (expected: one at a time)");
        }
        try {
            requireSpace(folder, MEGABYTES_TO_START);
            channel.truncate(0)
                    .write(ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
        } catch (IOException | QuickstartException e) {
            home.close();
            throw e;
        }
        return home;
    }

    private static void requireSpace(Path folder, long megabytes) throws IOException {
        long left = Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
        if (left < megabytes) {
            throw new QuickstartException("the disk is full: " + folder + " has " + left
                    + " MB left (expected: at least " + MEGABYTES_TO_START + " MB)");
        }
    }

    /** Fails if the disk is full, which makes PostgreSQL stop, so that the message names the cause of another failure. */
    public void requireSpace() throws IOException {
        requireSpace(folder, MEGABYTES_TO_RUN);
    }

    public Path folder() {
        return folder;
    }

    /** Returns whether the folder is deleted on closing. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Returns PostgreSQL's data directory. */
    public Path data() {
        return folder.resolve("postgresql");
    }

    /** Returns the gateway's access log. Each run begins a new one, so that it does not grow forever. */
    public Path accessLog() {
        return folder.resolve("access.log");
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

    /** Deletes a folder with its contents, if it exists. */
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
