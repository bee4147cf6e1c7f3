package kinoteka.catalog.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.representation.ETags;
import kinoteka.catalog.security.Public;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Serves the documentation page and its static files, which are read on the first request. */
@RestController
class DocsController {

    /** Allows only static files of this server, no inline scripts; {@code data:} is for the images in the style of Swagger UI. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final CacheControl IMMUTABLE =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl ONE_MINUTE = CacheControl.maxAge(Duration.ofMinutes(1));

    private final Mono<Page> page = Mono.fromSupplier(Page::read)
            .subscribeOn(Schedulers.boundedElastic())
            .cache();

    @Public
    @GetMapping("/docs")
    Mono<ResponseEntity<String>> page() {
        return page.map(read -> ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(ONE_MINUTE)
                .eTag(ETags.of(read.html().getBytes(StandardCharsets.UTF_8)))
                .header("Content-Security-Policy", POLICY)
                .body(read.html()));
    }

    /** The page adds the entity tag of a file to its URL, so that a cached file is never outdated. */
    @Public
    @GetMapping("/docs/{file}")
    Mono<ResponseEntity<Resource>> file(@PathVariable String file) {
        var asset = Asset.named(file)
                .orElseThrow(() -> Problem.RESOURCE_NOT_FOUND.exception("There is no resource at this path."));
        return page.map(read -> ResponseEntity.ok()
                .contentType(asset.type())
                .cacheControl(IMMUTABLE)
                .eTag(read.tags().get(asset))
                .body(asset.resource()));
    }

    /** @param tags the entity tags of the files */
    private record Page(String html, Map<Asset, String> tags) {

        static Page read() {
            var tags = Arrays.stream(Asset.values())
                    .collect(Collectors.toUnmodifiableMap(asset -> asset, asset -> ETags.of(asset.content())));
            var html = template();
            for (var tag : tags.entrySet()) {
                var file = tag.getKey().file();
                html = html.replace(
                        "{{" + file + "}}",
                        "/docs/" + file + "?" + tag.getValue().replace("\"", ""));
            }
            return new Page(html, tags);
        }

        private static String template() {
            try {
                return new ClassPathResource("docs/docs.html").getContentAsString(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("docs.html cannot be read", e);
            }
        }
    }
}
