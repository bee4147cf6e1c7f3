package kinoteka.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import kinoteka.gateway.testing.ChangeStream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

/** Looks at the console in Debian's Chromium. */
@GatewayTest
class ConsoleBrowserIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static Playwright playwright;
    private static Browser browser;

    private final int port;
    private final String url;
    private final List<String> errors = new ArrayList<>();

    ConsoleBrowserIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.url = "http://localhost:" + operatorsPort + "/";
    }

    @BeforeAll
    static void startBrowser() throws IOException, InterruptedException {
        var installation = new ProcessBuilder("scripts/debian-packages", "chromium")
                .directory(new File(".."))
                .inheritIO()
                .start();
        assertThat(installation.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(installation.exitValue()).isZero();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox"))); // which root cannot use
    }

    @AfterAll
    static void stopBrowser() {
        playwright.close();
    }

    @AfterEach
    void thePageHasNoErrors() {
        assertThat(errors).isEmpty();
    }

    @Test
    void showsRequestsAsTheyHappen() throws IOException {
        try (var page = open(1280, ColorScheme.LIGHT)) {
            assertThat(page.locator("#connection")).hasText("live");
            var endpoints = page.locator("#endpoints");
            Upstream.SHARED.answers((request, response) -> response.status(503).send());
            for (int i = 0; i < 5; i++) {
                Wire.get(port, "/api/cinema/1");
            }

            assertThat(endpoints).containsText("/api/cinema/");
            assertThat(page.locator("#failed")).containsText("GET /api/cinema/");
            assertThat(page.locator("#instances")).containsText("available");
            assertThat(page.locator("#plot-requests path").first()).hasAttribute("d", Pattern.compile("M.*L.*"));
        }
    }

    @Test
    void showsWhatTheCacheDoes() throws IOException {
        var changes = new ChangeStream(Upstream.SHARED);
        try (var page = open(1280, ColorScheme.LIGHT)) {
            var fromMemory = page.locator("#now-cache");
            assertThat(fromMemory).hasText("no stream of changes");

            changes.catchUp();
            Upstream.SHARED.answers((request, response) -> response.header("Gateway-Read", "primary")
                    .header("Gateway-Cache-Control", "max-age=300")
                    .sendString(Mono.just("{}")));
            assertThat(fromMemory).hasText("–");
            for (var i = 0; i < 100; i++) {
                Wire.get(port, "/api/award/1");
            }

            assertThat(page.locator("#endpoints tr:has-text('/api/award/')")).containsText("%");
            assertThat(page.locator("#plot-cache")).containsText("from memory");
        } finally {
            changes.lose();
        }
    }

    @Test
    void fitsOnAPhoneAndHasADarkMode() {
        try (var page = open(390, ColorScheme.DARK)) {
            assertThat(page.locator("#connection")).hasText("live");
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(23, 21, 19)");
        }
    }

    /** The method is what a client sent, and may contain markup. */
    @Test
    void showsWhatClientsSendAsText() throws IOException {
        try (var page = open(1280, ColorScheme.LIGHT)) {
            assertThat(page.locator("#connection")).hasText("live");
            try (var wire = new Wire(port)) {
                wire.send("'`!#$%&*+-.^_|~ / HTTP/1.1\r\nHost: a\r\n\r\n").head();
            }
            Wire.ask(port, "<IMG/SRC=X> /ping HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(page.locator("#slowest")).not().containsText("None.");
            assertThat(page.locator("img")).hasCount(0);
        }
    }

    private Page open(int width, ColorScheme scheme) {
        var page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(scheme));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.navigate(url);
        return page;
    }
}
