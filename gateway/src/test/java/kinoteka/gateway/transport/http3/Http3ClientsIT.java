package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http3SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** HTTP/3 with clients of others: Debian's Chromium, which has an implementation of its own, and the client of Reactor Netty. */
@GatewayTest
class Http3ClientsIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 100_000;

    private final int port;

    Http3ClientsIT(@Autowired Http3Port port) {
        this.port = port.get();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("kinoteka.gateway.request.header-deadline", () -> "1m");
    }

    @Test
    void aBrowserFollowsAltSvc() throws Exception {
        try (var playwright = playwright();
                var browser = playwright.chromium().launch(options("localhost:1")); // not this port
                var page = browser.newPage()) {
            page.navigate("https://localhost:" + port + "/ping");
            assertThat(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                    .isEqualTo("h2");
            page.waitForCondition(() -> page.evaluate("""
                    async () => {
                        performance.clearResourceTimings();
                        await (await fetch('/ping?' + Math.random())).text();
                        return performance.getEntriesByType('resource').at(-1)?.nextHopProtocol ?? 'unknown';
                    }""").equals("h3"));
        }
    }

    @Test
    void aBrowserReadsListsAndWritesOverHttp3Only() throws Exception {
        Upstream.SHARED.answers((request, response) -> request.method().name().equals("POST")
                ? response.sendString(request.receive().asString())
                : response.header("Content-Type", "application/x-ndjson")
                        .sendString(Flux.range(0, ROWS / 100).map(Http3ClientsIT::rows)));
        try (var playwright = playwright();
                var browser = playwright.chromium().launch(options("localhost:" + port));
                var page = browser.newPage()) {
            page.navigate("https://localhost:" + port + "/ping");
            assertThat(page.textContent("body")).isEqualTo("pong");
            assertThat(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                    .isEqualTo("h3");
            assertThat(page.evaluate("async () => (await (await fetch('/api/movie')).text()).split('\\n').length - 1"))
                    .isEqualTo(ROWS);
            assertThat(page.evaluate("""
                    async () => {
                        const body = '{"a":"' + 'x'.repeat(50000) + '"}';
                        const response = await fetch('/api/session', {method: 'POST', body});
                        return response.status + ' ' + (await response.text() === body);
                    }""")).isEqualTo("200 true");
            assertThat(page.evaluate("""
                    async () => {
                        const abort = new AbortController();
                        const response = await fetch('/api/movie', {signal: abort.signal});
                        await response.body.getReader().read();
                        abort.abort();
                        return (await fetch('/ping')).status;
                    }""")).isEqualTo(200);
            assertThat(page.evaluate(
                            "performance.getEntriesByType('resource').every(entry => entry.nextHopProtocol === 'h3')"))
                    .isEqualTo(true);
        }
    }

    @Test
    void aClientWithSmallWindowsGetsAllResponsesCompletely() {
        var row = "{\"id\":1}\n".repeat(100);
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just(row)));
        var context = Http3SslContextSpec.forClient()
                .configure(tls -> tls.trustManager(InsecureTrustManagerFactory.INSTANCE));
        var client = HttpClient.newConnection()
                .protocol(HttpProtocol.HTTP3)
                .baseUrl("https://localhost:" + port)
                .remoteAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .secure(spec -> spec.sslContext(context))
                .http3Settings(
                        spec -> spec.idleTimeout(PATIENCE).maxData(30_000).maxStreamDataBidirectionalLocal(3_000));
        assertThat(Flux.range(0, 300)
                        .flatMap(
                                i -> client.get().uri("/api/movie/" + i).responseSingle((head, body) -> body.asString()
                                        .map(text -> head.version() + " "
                                                + head.status().code() + " " + text)),
                                4)
                        .collectMultimap(response -> response, response -> 1)
                        .block(PATIENCE))
                .containsOnlyKeys("HTTP/3.0 200 " + row);
    }

    /** A hundred rows that do not compress to less than a datagram. */
    private static String rows(int seed) {
        return new SplittableRandom(seed)
                .ints(100, 1_000_000, 10_000_000)
                .mapToObj(id -> "{\"id\":" + id + "}\n")
                .collect(Collectors.joining());
    }

    private static Playwright playwright() throws Exception {
        var installation = new ProcessBuilder("scripts/debian-packages", "chromium")
                .directory(new File(".."))
                .inheritIO()
                .start();
        assertThat(installation.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(installation.exitValue()).isZero();
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /**
     * Chromium uses QUIC with a certificate of an unknown authority only if its key is named, and an origin of the same host is forced to use
     * QUIC.
     */
    private static BrowserType.LaunchOptions options(String forcedOrigin) throws Exception {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of(
                        "--no-sandbox", // which root cannot use
                        "--enable-quic",
                        "--origin-to-force-quic-on=" + forcedOrigin,
                        "--ignore-certificate-errors-spki-list=" + keyOfTheCertificate()));
    }

    private static String keyOfTheCertificate() throws Exception {
        byte[] key;
        try (var file = Files.newInputStream(FOLDER.certificate())) {
            key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getPublicKey()
                    .getEncoded();
        }
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }
}
