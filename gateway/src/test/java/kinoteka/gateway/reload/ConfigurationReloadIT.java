package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = kinoteka.gateway.Gateway.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.gateway.upstream.health-check.interval=100ms",
            "kinoteka.gateway.configuration.file=target/gateway.yaml",
            "kinoteka.gateway.configuration.interval=10ms",
        })
class ConfigurationReloadIT {

    private static final Path FILE = Path.of("target/gateway.yaml");
    private static final String LIMIT = "kinoteka.gateway.request.body-limit: ";

    private final int port;
    private final Scrape scrape;

    ConfigurationReloadIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @BeforeAll
    static void createFile() throws IOException {
        Files.writeString(FILE, LIMIT + "10B");
    }

    @BeforeEach
    void acceptOneLimit() throws IOException {
        write(LIMIT + "10B");
        awaitStatus(413, 11);
        awaitStatus(200, 10);
        scrape.awaitSum(1, "configuration_accepted");
    }

    @Test
    void aChangedLimitAppliesToTheNextRequest(CapturedOutput output) throws IOException {
        write(LIMIT + "20B");

        awaitStatus(200, 20);
        awaitStatus(413, 21);
        assertThat(output).contains("is applied; changed now: kinoteka.gateway.request.body-limit;");
    }

    @Test
    void aLimitThatIsRemovedHasItsDefaultAgain() throws IOException {
        write("# nothing");

        awaitStatus(200, 1_000);
    }

    @Test
    void aFileThatIsReplacedByARenameIsNoticed() throws IOException {
        var other = Files.writeString(Path.of("target/gateway-new.yaml"), LIMIT + "30B");
        Files.move(other, FILE, StandardCopyOption.ATOMIC_MOVE);

        awaitStatus(200, 30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kinoteka.gateway.request.body-limit: -1B | kinoteka.gateway.request.body-limit: -1B must be between 0B and 1GB",
                "kinoteka.gateway.request.body-limit: much | does not match data size pattern",
                "kinoteka.gateway.request.body-limits: 1KB | kinoteka.gateway.request.body-limits: there is no such setting",
                "kinoteka.gateway.requests.body-limit: 1KB | kinoteka.gateway.requests.body-limit: there is no such setting",
                "kinoteka.gateway.upstream.connect-timeout: 0ms | kinoteka.gateway.upstream.connect-timeout: PT0S must be longer than or equal to 1 milli",
                "kinoteka: [gateway: { | expected",
            })
    void aWrongFileIsRejectedAsAWhole(String wrong, String reason, CapturedOutput output) throws IOException {
        var rejected = scrape.sum("configuration_reloads_total", "result=\"rejected\"");
        write("kinoteka.gateway.connections.client-streams: 1\n" + wrong);

        scrape.awaitSum(0, "configuration_accepted");
        scrape.awaitSum(rejected + 1, "configuration_reloads_total", "result=\"rejected\"");
        awaitStatus(413, 11);
        awaitStatus(200, 10);
        var lines = output.getOut()
                .lines()
                .filter(line -> line.contains("is rejected"))
                .toList();
        assertThat(lines).hasSize(1).first().asString().contains(reason);
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void whatOnlyARestartCanChangeIsNamed(CapturedOutput output) throws IOException {
        write(LIMIT + "10B\nserver.port: 1");

        Awaitility.await()
                .untilAsserted(() -> assertThat(output).contains("will change at the next start: server.port"));
    }

    private static void write(String content) throws IOException {
        Files.writeString(FILE, content);
    }

    /** Waits until a body of this length gets this status. */
    private void awaitStatus(int status, int length) {
        var request =
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length);
        Awaitility.await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> assertThat(
                        Wire.ask(port, request).status())
                .isEqualTo(status));
    }
}
