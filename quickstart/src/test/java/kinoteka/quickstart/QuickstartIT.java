package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
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

/** Starting and stopping, with a real PostgreSQL and services that only listen. */
class QuickstartIT {

    @TempDir
    Path folder;

    private Path service = Path.of("");
    private Path seeder = Path.of("");
    private Path temporary = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void makeJarAndFolders() throws IOException {
        service = jarOf(FakeService.class, folder.resolve("service.jar"));
        seeder = jarOf(FakeSeeder.class, folder.resolve("seeder.jar"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        home = folder.resolve("home");
    }

    @Test
    void saysWhereEverythingIsAndLeavesNothingBehind() throws Exception {
        List<ProcessHandle> everything;
        try (RunningQuickstart running = start(Map.of()).awaitReady()) {
            everything = running.everything(onlyFolderIn(temporary).resolve("postgresql"));
            String gateway = "http://localhost:" + running.ports().gateway();

            assertThat(running.out())
                    .contains("seeder    | SEED_COUNT: 50000")
                    .contains("  curl -i " + gateway + "/api/movie/1")
                    .contains("  curl -H 'Accept: application/x-ndjson' '" + gateway + "/api/session?limit=3'")
                    .anyMatch(line -> line.matches("  database {4}psql -h 127.0.0.1 -p [0-9]+ -U kinoteka kinoteka"));
            assertThat(everything).hasSize(4); // gateway, catalogue, guard, PostgreSQL
            assertThat(running.terminate()).isZero();
            assertThat(running.err()).isEmpty();
        }
        assertThat(everything).allMatch(RunningQuickstart::isGone);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void clearsUpAfterItselfEvenWhenItIsKilled() throws Exception {
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
    void startsOnTheDataOfOneThatWasKilled() throws Exception {
        Map<String, String> environment = Map.of("KINOTEKA_HOME", home.toString());
        try (RunningQuickstart killed = start(environment).awaitReady()) {
            List<ProcessHandle> guards = killed.everything(home).stream()
                    .filter(process -> process.info().command().orElse("").endsWith("sh"))
                    .toList();
            guards.forEach(ProcessHandle::destroyForcibly);
            killed.kill();
        }
        try (RunningQuickstart next = start(environment).awaitReady()) {
            assertThat(next.terminate()).isZero();
        }
    }

    @Test
    void rejectsASecondStartOnTheSameData() throws Exception {
        Map<String, String> environment = Map.of("KINOTEKA_HOME", home.toString());
        try (RunningQuickstart first = start(environment).awaitReady();
                RunningQuickstart second = start(environment)) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.err())
                    .containsExactly("KINOTEKA_HOME: " + home + " is in use by the quickstart with process id "
                            + first.pid() + " (expected: one at a time)");
            assertThat(first.terminate()).isZero();
        }
    }

    @Test
    void rejectsABusyPortBeforeAnythingIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Ports free = RunningQuickstart.freePorts();
            Ports ports = new Ports(free.gateway(), taken.getLocalPort(), free.catalogue(), free.catalogueOperators());
            try (RunningQuickstart running =
                    new RunningQuickstart(service, service, seeder, temporary, Map.of(), ports)) {
                assertThat(running.awaitEnd()).isEqualTo(1);
                assertThat(running.err())
                        .containsExactly(
                                "port " + taken.getLocalPort() + " is busy (the gateway's operators' port needs it):"
                                        + " stop what listens there and start again");
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
                            + " holds data of PostgreSQL 9 (expected: 18): choose another folder");
        }
    }

    @Test
    void passesOnWhyThereIsNoSampleData() throws Exception {
        try (RunningQuickstart running = start(Map.of("SEED_COUNT", "abc"))) {
            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err()).containsExactly("the seeder ended by itself with exit code 1: SEED_COUNT: abc");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void stopsEverythingWhenAServiceDies() throws Exception {
        List<ProcessHandle> everything;
        try (RunningQuickstart running = start(Map.of()).awaitReady();
                HttpClient client = HttpClient.newHttpClient()) {
            everything = running.everything(onlyFolderIn(temporary).resolve("postgresql"));
            URI die = URI.create("http://localhost:" + running.ports().catalogue() + "/die");
            var _ = client.sendAsync(HttpRequest.newBuilder(die).build(), BodyHandlers.discarding());

            assertThat(running.awaitEnd()).isEqualTo(1);
            assertThat(running.err()).containsExactly("the catalogue ended by itself with exit code 3: dying as asked");
        }
        assertThat(everything).allMatch(RunningQuickstart::isGone);
        assertThat(temporary).isEmptyDirectory();
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
