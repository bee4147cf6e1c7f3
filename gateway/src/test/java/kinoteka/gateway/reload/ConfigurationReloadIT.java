package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@ReloadTest
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationReloadIT {

    private static final String LIMIT = ConfigurationFile.DEFAULTS + "kinoteka.gateway.request.body-limit: ";

    private final int port;
    private final Scrape scrape;

    ConfigurationReloadIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @BeforeEach
    void acceptOneLimit() throws IOException {
        ConfigurationFile.apply(scrape, LIMIT + "10B");
        awaitStatus(413, 11);
        awaitStatus(200, 10);
        scrape.awaitSum(1, "configuration_accepted");
    }

    @AfterEach
    void acceptTheDefaults() throws IOException {
        ConfigurationFile.reset(scrape);
    }

    @Test
    void aChangedLimitAppliesToTheNextRequest(CapturedOutput output) throws IOException {
        ConfigurationFile.apply(scrape, LIMIT + "20B");

        awaitStatus(200, 20);
        awaitStatus(413, 21);
        assertThat(output).contains("gateway.yaml is applied; changed: kinoteka.gateway.request.body-limit\n");
    }

    @Test
    void aLimitThatIsRemovedHasItsDefaultAgain() throws IOException {
        ConfigurationFile.reset(scrape);

        awaitStatus(200, 1_000);
    }

    @Test
    void aFileThatIsReplacedByARenameIsNoticed() throws IOException {
        ConfigurationFile.replace(LIMIT + "30B");

        awaitStatus(200, 30);
    }

    /** As Kubernetes updates a volume: the file is a link to a file in a linked folder, and the link to the folder is replaced. */
    @Test
    void aFolderThatIsReplacedIsNoticed() throws IOException {
        var folder = ConfigurationFile.FOLDER;
        for (var version : List.of("40B", "50B")) {
            var data = Files.createDirectories(folder.resolve(".." + version));
            Files.writeString(data.resolve("gateway.yaml"), LIMIT + version);
            Files.deleteIfExists(folder.resolve("..data_tmp"));
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(".." + version));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            if (!Files.isSymbolicLink(ConfigurationFile.PATH)) {
                Files.delete(ConfigurationFile.PATH);
                Files.createSymbolicLink(ConfigurationFile.PATH, Path.of("..data/gateway.yaml"));
            }
            var bytes = Integer.parseInt(version.replace("B", ""));
            awaitStatus(200, bytes);
            awaitStatus(413, bytes + 1);
        }
    }

    /** An editor may write a file in several steps. */
    @Test
    void aFileThatWasRejectedBecauseOnlyHalfOfItWasWrittenIsAppliedWhenItIsComplete() throws IOException {
        write(LIMIT + "60B\nkinoteka.gateway.connections.client-str");
        scrape.awaitSum(0, "configuration_accepted");

        Files.writeString(ConfigurationFile.PATH, "eams: 10\n", StandardOpenOption.APPEND);

        awaitStatus(200, 60);
        scrape.awaitSum(1, "configuration_accepted");
    }

    @Test
    void aFileThatIsRemovedIsReportedAndTheSettingsRemain(CapturedOutput output) throws IOException {
        var rejected = rejected();
        Files.delete(ConfigurationFile.PATH);

        scrape.awaitSum(0, "configuration_accepted");
        awaitStatus(413, 11);
        assertThat(rejections(output)).singleElement().asString().endsWith("as they are: there is no such file");
        assertThat(rejected()).isEqualTo(rejected + 1);

        ConfigurationFile.replace(LIMIT + "10B\n");
        scrape.awaitSum(1, "configuration_accepted");
    }

    @Test
    void aFileThatIsReplacedByADirectoryIsReported(CapturedOutput output) throws IOException {
        Files.delete(ConfigurationFile.PATH);
        Files.createDirectory(ConfigurationFile.PATH);

        scrape.awaitSum(0, "configuration_accepted");
        ConfigurationFile.await()
                .untilAsserted(() -> assertThat(rejections(output).getLast()).endsWith("it is a directory"));
        awaitStatus(413, 11);
        Files.delete(ConfigurationFile.PATH);
    }

    @Test
    void aFileThatIsTooLargeIsReported(CapturedOutput output) throws IOException {
        write(LIMIT + "70B\n" + "#".repeat(2_000_000));

        scrape.awaitSum(0, "configuration_accepted");
        assertThat(rejections(output)).singleElement().asString().endsWith("it is larger than 1 MB");
        awaitStatus(413, 11);
    }

    /** It is valid by itself, but not together with the settings of another feature. */
    @Test
    void aConstraintBetweenFeaturesIsChecked(CapturedOutput output) throws IOException {
        write(LIMIT + "80B\nkinoteka.gateway.redirect: {enabled: true, hosts: films.example}");

        scrape.awaitSum(0, "configuration_accepted");
        assertThat(rejections(output))
                .singleElement()
                .asString()
                .endsWith("redirect.enabled: true (expected: false without kinoteka.gateway.tls.certificate)");
        awaitStatus(413, 11);
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
                "kinoteka.gateway.resilience.concurrency-limit: {min: 30, max: 20} | concurrency-limit.min: 30 (expected: at most max, 20)",
                "kinoteka.gateway.upstream.catalogue: http://a:99999 | http://a:99999 (expected: http or https, a host",
                "kinoteka.gateway.cors: {allowed-origins: '*', credentials: true} | cors.allowed-origins: * (expected: no *",
                "kinoteka: [gateway: { | expected",
            })
    void aWrongFileIsRejectedAsAWhole(String wrong, String reason, CapturedOutput output) throws IOException {
        var rejected = rejected();
        write("kinoteka.gateway.connections.client-streams: 1\n" + wrong);

        scrape.awaitSum(0, "configuration_accepted");
        scrape.awaitSum(rejected + 1, "configuration_reloads_total", "result=\"rejected\"");
        awaitStatus(413, 11);
        awaitStatus(200, 10);
        assertThat(rejections(output)).singleElement().asString().contains(reason);
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void whatOnlyARestartCanChangeIsNamed(CapturedOutput output) throws IOException {
        ConfigurationFile.apply(
                scrape,
                LIMIT + "20B",
                "spring.lifecycle.timeout-per-shutdown-phase: 5s",
                "kinoteka.gateway:",
                "  tls.port: 1",
                "  ratelimit: {enabled: false, burst: 777}");

        awaitStatus(200, 20);
        assertThat(output)
                .contains(
                        "is applied; changed: kinoteka.gateway.ratelimit.burst, kinoteka.gateway.request.body-limit\n");
        assertThat(output.getOut().lines().filter(line -> line.contains("only a restart changes")))
                .singleElement()
                .asString()
                .contains("WARN")
                .endsWith(
                        ": kinoteka.gateway.ratelimit.enabled, kinoteka.gateway.tls.port, spring.lifecycle.timeout-per-shutdown-phase");
    }

    private double rejected() {
        return scrape.sum("configuration_reloads_total", "result=\"rejected\"");
    }

    private static List<String> rejections(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("is rejected"))
                .toList();
    }

    private static void write(String content) throws IOException {
        Files.writeString(ConfigurationFile.PATH, content);
    }

    /** Waits until a body of this length gets this status. */
    private void awaitStatus(int status, int length) {
        var request =
                "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length);
        ConfigurationFile.await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> assertThat(
                        Wire.ask(port, request).status())
                .isEqualTo(status));
    }
}
