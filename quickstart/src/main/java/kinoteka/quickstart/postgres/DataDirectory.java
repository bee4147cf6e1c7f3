package kinoteka.quickstart.postgres;

import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kinoteka.quickstart.QuickstartException;

/** PostgreSQL's data directory in a home. */
final class DataDirectory {

    /** The file that {@code postgresql.conf} includes. It is written at every start. */
    static final String SETTINGS = "quickstart.conf";

    private final Home home;
    private final Binaries binaries;

    DataDirectory(Home home, Binaries binaries) {
        this.home = home;
        this.binaries = binaries;
    }

    /** Creates the directory if it does not exist. If it exists, checks its version and stops a server that still uses it. */
    void prepare() throws IOException, InterruptedException {
        Path version = home.data().resolve("PG_VERSION");
        if (Files.exists(version)) {
            requireVersion(Files.readString(version).strip());
            stopOrphan();
        } else if (Files.exists(home.data())) {
            throw new QuickstartException("KINOTEKA_HOME: " + home.data()
                    + " is not a data directory of PostgreSQL (expected: a data directory, or no folder of this name)");
        } else {
            create();
        }
    }

    /** Creates the directory under another name and renames it when it is complete, so that an interrupted start leaves no broken one. */
    private void create() throws IOException, InterruptedException {
        Path unfinished = home.folder().resolve("postgresql-unfinished");
        Path statements = home.folder().resolve("postgresql-statements.sql");
        Home.delete(unfinished);
        FailureReason.requireSuccess(binaries.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--lc-ctype=C.UTF-8", // without it pg_trgm does not recognize Cyrillic letters
                "--no-sync"));
        Files.writeString(statements, """
                create role kinoteka login;
                create database kinoteka owner kinoteka;
                """);
        FailureReason.requireSuccess(
                binaries.run(statements, "postgres", "--single", "-F", "-D", unfinished.toString(), "postgres"));
        Files.delete(statements);
        Files.writeString(unfinished.resolve("postgresql.conf"), "include '" + SETTINGS + "'\n", APPEND);
        Files.move(unfinished, home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireVersion(String found) throws IOException, InterruptedException {
        String major = binaries.run("postgres", "--version").output().strip().replaceAll(".* ([0-9]+)[.].*", "$1");
        if (!found.equals(major)) {
            throw new QuickstartException("KINOTEKA_HOME: " + home.data() + " holds data of PostgreSQL " + found
                    + " (expected: " + major + "; choose another folder)");
        }
    }

    /** Stops the server of a quickstart that was killed. There can be no other one, because the home is locked. */
    private void stopOrphan() throws IOException, InterruptedException {
        boolean isRunning = ProcessHandle.of(postmaster(home))
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
        if (isRunning) {
            stop(home, binaries);
        }
        Files.deleteIfExists(home.data().resolve("postmaster.pid"));
    }

    /** Returns the process id of the server; 0 if none is running. */
    static long postmaster(Home home) throws IOException {
        Path file = home.data().resolve("postmaster.pid");
        return Files.exists(file) ? Long.parseLong(Files.readAllLines(file).getFirst()) : 0;
    }

    /** Stops the server if it is running; immediately if it does not shut down in time. */
    static void stop(Home home, Binaries binaries) throws IOException, InterruptedException {
        if (postmaster(home) == 0) {
            return;
        }
        if (stop(home, binaries, "fast") != 0) {
            stop(home, binaries, "immediate");
        }
    }

    private static int stop(Home home, Binaries binaries, String mode) throws IOException, InterruptedException {
        return binaries.run("pg_ctl", "stop", "--pgdata=" + home.data(), "--mode=" + mode, "--timeout=10")
                .exitStatus();
    }
}
