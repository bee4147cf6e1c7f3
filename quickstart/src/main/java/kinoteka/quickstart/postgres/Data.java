package kinoteka.quickstart.postgres;

import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kinoteka.quickstart.CannotStart;

/** PostgreSQL's data directory in a home: made when there is none, looked through when there is one. */
final class Data {

    /** Included by {@code postgresql.conf}; rewritten at every start. */
    static final String SETTINGS = "quickstart.conf";

    private final Home home;
    private final Programs programs;

    Data(Home home, Programs programs) {
        this.home = home;
        this.programs = programs;
    }

    /** Leaves data that no server works on. */
    void prepare() throws IOException, InterruptedException {
        Path version = home.data().resolve("PG_VERSION");
        if (Files.exists(version)) {
            requireVersion(Files.readString(version).strip());
            stopLeftOver();
        } else if (Files.exists(home.data())) {
            throw new CannotStart("KINOTEKA_HOME: " + home.data()
                    + " holds no data of PostgreSQL (expected: its data, or no such folder)");
        } else {
            create();
        }
    }

    /** Under another name until it is whole, so that what was broken off is not taken for data. */
    private void create() throws IOException, InterruptedException {
        Path unfinished = home.folder().resolve("postgresql-unfinished");
        Path statements = home.folder().resolve("postgresql-statements.sql");
        Home.delete(unfinished);
        Failure.unlessDone(programs.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--lc-ctype=C.UTF-8", // or Cyrillic letters are none to the search by trigrams
                "--no-sync"));
        Files.writeString(statements, """
                create role kinoteka login;
                create database kinoteka owner kinoteka;
                """);
        Failure.unlessDone(
                programs.run(statements, "postgres", "--single", "-F", "-D", unfinished.toString(), "postgres"));
        Files.delete(statements);
        Files.writeString(unfinished.resolve("postgresql.conf"), "include '" + SETTINGS + "'\n", APPEND);
        Files.move(unfinished, home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireVersion(String found) throws IOException, InterruptedException {
        String major = programs.run("postgres", "--version").output().strip().replaceAll(".* ([0-9]+)[.].*", "$1");
        if (!found.equals(major)) {
            throw new CannotStart("KINOTEKA_HOME: " + home.data() + " holds data of PostgreSQL " + found
                    + " (expected: " + major + "): choose another folder");
        }
    }

    /** The home is locked by us: a server that still works on it was started by a quickstart that was killed. */
    private void stopLeftOver() throws IOException, InterruptedException {
        boolean works = ProcessHandle.of(postmaster(home))
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
        if (works) {
            stop(home, programs);
        }
        Files.deleteIfExists(home.data().resolve("postmaster.pid"));
    }

    /** Process id of the server; 0, which no process has, when there is none. */
    static long postmaster(Home home) throws IOException {
        Path file = home.data().resolve("postmaster.pid");
        return Files.exists(file) ? Long.parseLong(Files.readAllLines(file).getFirst()) : 0;
    }

    static void stop(Home home, Programs programs) throws IOException, InterruptedException {
        if (postmaster(home) == 0) {
            return;
        }
        if (stop(home, programs, "fast") != 0) {
            stop(home, programs, "immediate");
        }
    }

    private static int stop(Home home, Programs programs, String mode) throws IOException, InterruptedException {
        return programs.run("pg_ctl", "stop", "--pgdata=" + home.data(), "--mode=" + mode, "--timeout=10")
                .exitCode();
    }
}
