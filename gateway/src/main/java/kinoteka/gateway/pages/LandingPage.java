package kinoteka.gateway.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import kinoteka.gateway.routing.Endpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page at {@code /}. It describes Kinoteka and lists the endpoints of the API, generated from the allow-list. */
@Component
class LandingPage {

    private final String html;
    private final String policy;

    LandingPage() {
        var template = read();
        var style = template.substring(template.indexOf("<style>") + 7, template.indexOf("</style>"));
        html = template.replace("{{endpoints}}", rows());
        policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /**
     * Responds with the page.
     *
     * @param origin scheme and authority of the request, for the example commands on the page
     */
    Mono<ServerResponse> respond(String origin) {
        return ServerResponse.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "max-age=60")
                .bodyValue(html.replace("{{origin}}", origin));
    }

    private static String rows() {
        return Arrays.stream(Endpoint.values()).map(LandingPage::row).collect(Collectors.joining("\n"));
    }

    private static String row(Endpoint endpoint) {
        return """
                <tr><td><a href="%s"><code>%s</code></a></td><td>%s</td><td>%s</td></tr>""".formatted(endpoint.example(), endpoint.pattern(), endpoint.summary(), endpoint.methods());
    }

    private static String read() {
        try {
            return new ClassPathResource("landing.html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("landing.html cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
