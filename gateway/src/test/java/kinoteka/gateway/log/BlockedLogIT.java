package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** A log that cannot be written neither fails requests nor holds them up. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(300)
class BlockedLogIT {

    private static final String MANY_LINES = "--kinoteka.gateway.access-log.max-rate=50000";

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsCountedAndReportedOnce(CapturedOutput output) throws IOException {
        try (var gateway = start("/dev/full", MANY_LINES)) {
            var scrape = new Scrape(port(gateway, "management"));
            for (var i = 0; i < 3; i++) {
                var before = scrape.sum("access_log_dropped_total", "reason=\"write_failed\"");
                assertThat(Wire.get(port(gateway, "server"), "/").status()).isEqualTo(200);
                scrape.awaitSum(before + 1, "access_log_dropped_total", "reason=\"write_failed\"");
            }
            assertThat(scrape.sum("access_log_lines_total")).isZero();
        }
        assertThat(output.getAll())
                .containsOnlyOnce("The access log cannot be written")
                .contains("No space left");
    }

    /** A pipe holds 64 KB: less than 400 lines. */
    @Test
    void aPipeThatNobodyReadsBlocksNeitherRequestsNorTheShutdown() throws Exception {
        var requests = 1_000;
        var pipe = createPipe(folder);
        try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            var gateway = start(pipe.toString(), MANY_LINES);
            try (var wire = new Wire(port(gateway, "server"))) {
                for (var sent = 0; sent < requests; sent += 100) {
                    wire.send("GET /unknown HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
                    for (var response = 0; response < 100; response++) {
                        assertThat(wire.answer().status()).isEqualTo(404);
                    }
                }
            }
            var scrape = new Scrape(port(gateway, "management"));
            scrape.awaitSum(requests, "requests_total");
            assertThat(scrape.sum("access_log_lines_total")).isLessThan(requests);
            gateway.close();
            assertThat(readLine(reader)).contains(" status=404 ");
        }
    }

    @Test
    void aPipeWithoutAReaderFailsTheStart(CapturedOutput output) throws Exception {
        var pipe = createPipe(folder);

        assertThat(catchThrowable(() -> start(pipe.toString()).close())).isNotNull();

        assertThat(output.getAll()).contains("APPLICATION FAILED TO START", pipe + " (not opened within 2 s");
    }

    @Test
    void aFileThatCannotBeCreatedFailsTheStart(CapturedOutput output) {
        var file = folder.resolve("absent/access.log").toString();

        assertThat(catchThrowable(() -> start(file).close())).isNotNull();

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "access-log.file: " + file + " (no such folder)");
    }

    @Test
    void aFloodOfPingsDoesNotDisplaceOtherRequests() throws IOException {
        var file = folder.resolve("access.log");
        try (var gateway = start(file.toString(), "--kinoteka.gateway.access-log.max-rate=1")) {
            var port = port(gateway, "server");
            try (var wire = new Wire(port)) {
                wire.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
                for (var response = 0; response < 100; response++) {
                    wire.answer();
                }
            }
            new Scrape(port(gateway, "management")).awaitSum(100, "requests_total");
            Wire.get(port, "/");
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(Files.readAllLines(file))
                    .anySatisfy(line -> assertThat(line).contains(" endpoint=/ ", " requests=1")));
        }
    }

    @Test
    void samplesAboveTheRateAndEachLineSaysForHowManyRequests() throws IOException {
        var file = folder.resolve("access.log");
        var requests = 20;
        try (var gateway = start(file.toString(), "--kinoteka.gateway.access-log.max-rate=2")) {
            var port = port(gateway, "server");
            for (var i = 0; i < requests; i++) {
                Wire.get(port, "/");
            }
            assertThat(Wire.get(port, "/unknown").status()).isEqualTo(404);
            new Scrape(port(gateway, "management")).awaitSum(requests + 1, "requests_total");
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Wire.get(port, "/"); // the next line stands for the requests without a line before it
                var lines = Files.readAllLines(file);
                assertThat(lines)
                        .filteredOn(line -> line.contains("status=404"))
                        .hasSize(1);
                assertThat(lines).anyMatch(line -> !line.endsWith(" requests=1"));
            });
        }
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSizeLessThan(requests);
    }

    static Path createPipe(Path folder) throws IOException, InterruptedException {
        var pipe = folder.resolve("pipe");
        var process = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return pipe;
    }

    private static String readLine(RandomAccessFile reader) throws IOException {
        var line = new StringBuilder();
        for (var b = reader.read(); b != '\n'; b = reader.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    private static ConfigurableApplicationContext start(String file, String... settings) {
        var arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.add("--kinoteka.gateway.upstream.catalogue=http://localhost:" + Upstream.SHARED.port());
        arguments.add("--kinoteka.gateway.access-log.enabled=true");
        arguments.add("--kinoteka.gateway.access-log.file=" + file);
        return new SpringApplicationBuilder(Gateway.class, OwnThreads.class).run(arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext gateway, String server) {
        return gateway.getEnvironment().getRequiredProperty("local." + server + ".port", int.class);
    }

    /** The shared threads would stop with this gateway, and other tests need them. */
    static class OwnThreads {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }
}
