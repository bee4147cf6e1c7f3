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
import kinoteka.quickstart.QuickstartException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The binaries of PostgreSQL for this machine, unpacked from an archive in this jar.
 *
 * @param folder contains {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path folder) {

    /**
     * Unpacks the binaries, unless the cache contains them. A folder in the cache is complete, because it gets its name last.
     *
     * @param cache folder that contains a folder for each version
     */
    static Binaries unpackTo(Path cache) throws IOException {
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
                if (!Files.exists(folder)) { // otherwise another quickstart has unpacked the same at the same time
                    throw e;
                }
            }
        }
        return new Binaries(folder);
    }

    /** The exit status of a program and its output. */
    record Result(int exitStatus, String output) {}

    /** Runs a program and waits for its end. */
    Result run(String program, String... arguments) throws IOException, InterruptedException {
        return run(Path.of("/dev/null"), program, arguments);
    }

    /** Runs a program with a file as its standard input and waits for its end. */
    Result run(Path input, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (new UnixSystem().getUid() == 0) {
            // The programs refuse to run as root. In a user namespace of their own they have another user id.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile());
        builder.environment().put("LC_ALL", "C"); // messages in English, because FailureReason searches them
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static byte[] archive() throws IOException {
        String name = archiveFor(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
        try (@Nullable InputStream archive = Binaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new QuickstartException("The quickstart contains no PostgreSQL for this machine (" + name + ").");
            }
            return archive.readAllBytes();
        }
    }

    /** Returns the file name of the archive for a machine, as the library of binaries defines it. */
    static String archiveFor(String system, String architecture, boolean alpine) {
        String platform = system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        String suffix =
                switch (architecture) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> architecture;
                };
        return "postgres-" + platform + "-" + suffix + (alpine ? "-alpine_linux" : "") + ".txz";
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
