package kinoteka.quickstart.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.security.auth.module.UnixSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import kinoteka.quickstart.CannotStart;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked from the archive in this jar that is made for this machine.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record Programs(Path folder) {

    /**
     * Unpacks them, or finds them unpacked. A folder of the right name is whole: it gets its name last.
     *
     * @param cache where they are kept, each version in a folder of its own
     */
    static Programs in(Path cache) throws IOException {
        byte[] archive = archive();
        CRC32 checksum = new CRC32();
        checksum.update(archive);
        Path folder = cache.resolve("postgresql-%08x".formatted(checksum.getValue()));
        if (!Files.exists(folder)) {
            Files.createDirectories(cache);
            Path unfinished = Files.createTempDirectory(cache, "postgresql-unfinished-");
            try {
                unpack(archive, unfinished);
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Home.delete(unfinished);
                if (!Files.exists(folder)) { // else another quickstart was faster
                    throw e;
                }
            }
        }
        return new Programs(folder);
    }

    /** How a program ended and what it wrote. */
    record Outcome(int exitCode, String output) {}

    /** Runs one of them to its end. */
    Outcome run(String program, String... arguments) throws IOException, InterruptedException {
        return run(Path.of("/dev/null"), program, arguments);
    }

    /** Runs one of them to its end, with a file to read. */
    Outcome run(Path input, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (new UnixSystem().getUid() == 0) {
            // They refuse to run as root. In a user namespace of their own they do not know that they do.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile());
        builder.environment().put("LC_ALL", "C"); // what they write is looked into
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static byte[] archive() throws IOException {
        String name = archiveFor(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        try (@Nullable InputStream archive = Programs.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new CannotStart("there is no PostgreSQL for this machine in the quickstart (" + name + ")");
            }
            return archive.readAllBytes();
        }
    }

    /** The name that the makers of these archives give to the one for such a machine. */
    static String archiveFor(String system, String processor, boolean alpine) {
        String family = system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        String bits =
                switch (processor) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> processor;
                };
        return "postgres-" + family + "-" + bits + (alpine ? "-alpine_linux" : "") + ".txz";
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    unpack(entry, tar, target.resolve(entry.getName()));
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
        }
        if (entry.getName().startsWith("bin/")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
