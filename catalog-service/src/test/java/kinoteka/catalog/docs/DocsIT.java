package kinoteka.catalog.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import kinoteka.catalog.CatalogIT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class DocsIT {

    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private WebTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
    }

    @Test
    void loadsOnlyFilesOfThisServer() {
        var page = http.get().uri("/docs").exchange().expectBody(String.class).returnResult();

        assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(ADDRESS.matcher(String.valueOf(page.getResponseBody())).results())
                .hasSize(Asset.values().length + 1)
                .allSatisfy(address -> http.get()
                        .uri(address.group(1))
                        .exchange()
                        .expectStatus()
                        .isOk());
    }

    @ParameterizedTest
    @EnumSource
    void answersAConditionalRequestForAFileWith304(Asset asset) {
        var file = http.get()
                .uri("/docs/" + asset.file())
                .exchange()
                .expectHeader()
                .contentType(asset.type())
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=31536000, public, immutable")
                .expectBody()
                .returnResult();

        assertThat(file.getResponseBody()).isEqualTo(asset.content());
        http.get()
                .uri("/docs/" + asset.file())
                .header(
                        HttpHeaders.IF_NONE_MATCH,
                        String.valueOf(file.getResponseHeaders().getETag()))
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger-ui.js", "/docs/docs.html", "/webjars/swagger-ui/5.32.2/index.html"})
    void servesNoOtherFiles(String path) {
        http.get().uri(path).exchange().expectStatus().isNotFound();
    }
}
