package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops a real PostgreSQL and substitutes for the services. */
class QuickstartIT {

    @TempDir
    Path folder;

    private Path service = Path.of("");
    private Path seeder = Path.of("");
    private Path temporary = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void createJarsAndFolders() throws IOException {
        service = jarOf(FakeService.class, folder.resolve("service.jar"));
        seeder = jarOf(FakeSeeder.class, folder.resolve("seeder.jar"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        home = folder.resolve("home");
    }

    @Test
    void printsAllAddressesAndLeavesNothingBehind() throws Exception {
        List<ProcessHandle> everything;
        try (RunningQuickstart running = start(Map.of()).awaitReady()) {
            everything = running.everything(onlyFolderIn(temporary).resolve("postgresql"));
            String gateway = "http://localhost:" + running.ports().gateway();

            assertThat(running.out())
                    .contains("seeder    | SEED_COUNT: 50000")
                    .contains("  curl -i " + gateway + "/api/movie/1")
                    .contains("  curl -H 'Accept: application/x-ndjson' '" + gateway + "/api/session?limit=3'")
                    .anyMatch(line -> line.matches("  database {4}psql -h 127.0.0.1 -p [0-9]+ -U kinoteka kinoteka"));
            assertThat(everything).hasSize(4); // gateway, catalogue, watchdog, PostgreSQL
            assertThat(running.terminate()).isZero();
            assertThat(running.err()).isEmpty();
        }
        assertThat(everything).allMatch(RunningQuickstart::isGone);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindAfterItWasKilled() throws Exception {
        List<ProcessHandle> everything;
        try (RunningQuickstart running = start(Map.of()).awaitReady()) {
            everything = running.everything(onlyFolderIn(temporary).resolve("postgresql"));
            running.kill();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> everything.stream().allMatch(RunningQuickstart::isGone));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    @Test
    void startsWithTheDataOfAQuickstartThatWasKilled() throws Exception {
        Map<String, String> environment = Map.of("KINOTEKA_HOME", home.toString());
        List<ProcessHandle> everything;
        try (RunningQuickstart killed = start(environment).awaitReady()) {
            everything = killed.everything(home);
            everything.stream()
                    .filter(process -> process.info().command().orElse("").endsWith("sh"))
                    .forEach(ProcessHandle::destroyForcibly);
            killed.kill();
        }
        try (RunningQuickstart next = start(environment).awaitReady()) {
            assertThat(next.terminate()).isZero();
        }
        // Without the watchdog, the services of the killed one are still running.
        everything.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void rejectsASecondStartOnTheSameData() throws Exception {
        Map<String, String> environment = Map.of("KINOTEKA_HOME", home.toString());
        try (RunningQuickstart first = start(environment).awaitReady();
                RunningQuickstart second = start(environment)) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.err())
                    .containsExactly("KINOTEKA_HOME: " + home + " is used by the quickstart with process id "
                            + first.pid() + " (expected: one at a time)");
            assertThat(first.terminate()).isZero();
        }
    }

    @Test
    void rejectsAPortInUseBeforeAnythingIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Ports free = RunningQuickstart.freePorts();
            Ports ports = new Ports(free.gateway(), taken.getLocalPort(), free.catalogue(), free.catalogueOperators());
            try (RunningQuickstart running =
                    new RunningQuickstart(service, service, seeder, temporary, Map.of(), ports)) {
                assertThat(running.awaitEnd()).isEqualTo(1);
                assertThat(running.err())
                        .containsExactly(
                                "port " + taken.getLocalPort() + ": in use by another program"
                                        + " (expected: a free port; for another one: make run ARGS=--gateway-operators-port=…)");
                assertThat(running.out()).isEmpty();
            }
        }
    }

    @Test
    void rejectsDataOfAnotherPostgresql() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgresql"));
        Files.writeString(data.resolve("PG_VERSION"), "9\n");

        try (RunningQuickstart running = start(Map.of("KINOTEKA_HOME", home.toString()))) {
            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err())
                    .containsExactly("KINOTEKA_HOME: " + data
                            + " holds data of PostgreSQL 9 (expected: 18; choose another folder)");
        }
    }

    @Test
    void printsTheLastLinesOfASeederThatFailed() throws Exception {
        try (RunningQuickstart running = start(Map.of("SEED_COUNT", "abc"))) {
            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err())
                    .containsExactly(
                            "The seeder stopped unexpectedly with exit status 1."
                                    + " The last lines of its output, up to 0 s before it stopped:",
                            "    SEED_COUNT: abc");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void stopsEverythingWhenAServiceExits() throws Exception {
        List<ProcessHandle> everything;
        try (RunningQuickstart running = start(Map.of()).awaitReady();
                HttpClient client = HttpClient.newHttpClient()) {
            everything = running.everything(onlyFolderIn(temporary).resolve("postgresql"));
            URI exit = URI.create("http://localhost:" + running.ports().catalogue() + "/exit");
            var _ = client.sendAsync(HttpRequest.newBuilder(exit).build(), BodyHandlers.discarding());

            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err())
                    .hasSize(3)
                    .startsWith("The catalogue stopped unexpectedly with exit status 3."
                            + " The last lines of its output, up to 0 s before it stopped:")
                    .endsWith("    exiting as requested");
        }
        assertThat(everything).allMatch(RunningQuickstart::isGone);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void namesTheServiceThatWasKilledAndTheSignal() throws Exception {
        try (RunningQuickstart running = start(Map.of()).awaitReady()) {
            long catalogue = running.out().stream()
                    .filter(line -> line.startsWith("catalogue | process "))
                    .mapToLong(line -> Long.parseLong(line.replaceAll(".* ", "")))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle.of(catalogue).orElseThrow().destroyForcibly();

            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err())
                    .hasSize(2)
                    .first(STRING)
                    .startsWith("The catalogue stopped unexpectedly with exit status 137 (SIGKILL");
            assertThat(running.err()).endsWith("    process " + catalogue);
        }
    }

    private RunningQuickstart start(Map<String, String> environment) throws IOException {
        return new RunningQuickstart(service, service, seeder, temporary, environment);
    }

    private static Path onlyFolderIn(Path parent) throws IOException {
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static Path jarOf(Class<?> program, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.getName());
        String entry = program.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var compiled = program.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            compiled.transferTo(out);
        }
        return jar;
    }
}
