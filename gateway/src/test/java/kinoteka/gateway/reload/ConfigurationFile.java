package kinoteka.gateway.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The configuration file of the gateways of {@link ReloadTest}. It names {@link Upstream#SHARED} and has the other defaults before each test class. */
final class ConfigurationFile implements BeforeAllCallback {

    static final String NAME = "target/reload/gateway.yaml";
    static final Path FOLDER = Path.of("target/reload");
    static final Path PATH = Path.of(NAME);

    private static final String CATALOGUE = "kinoteka.gateway.upstream.catalogue: ";

    /** The line that names {@link Upstream#SHARED}, without which there is no catalogue. */
    static final String DEFAULTS = CATALOGUE + "http://localhost:" + Upstream.SHARED.port() + "\n";

    private static final String RELOADS = "configuration_reloads_total";

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Files.createDirectories(FOLDER);
        replace(DEFAULTS);
    }

    /** Waits for an effect of the file, also on a busy machine. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /** Replaces the file at once. */
    static void replace(String content) throws IOException {
        var other = Files.writeString(PATH.resolveSibling("gateway-new.yaml"), content);
        Files.move(other, PATH, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Replaces the file by these lines, which differ from the current ones, and waits until the gateway has applied them. */
    static void apply(Scrape scrape, String... lines) throws IOException {
        var applied = scrape.sum(RELOADS, "result=\"applied\"");
        var content = String.join("\n", lines) + "\n";
        if (!content.contains(CATALOGUE)) {
            content = DEFAULTS + content;
        }
        if (Files.isRegularFile(PATH) && Files.readString(PATH).equals(content)) {
            content += "# again\n";
        }
        replace(content);
        scrape.awaitSum(applied + 1, RELOADS, "result=\"applied\"");
    }

    /** Replaces the file by one with the defaults, and waits until the gateway has applied them. */
    static void reset(Scrape scrape) throws IOException {
        apply(scrape, DEFAULTS);
    }
}
