package kinoteka.catalog.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import kinoteka.catalog.security.Public;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Serves the document. It is written on the first request, and again each hour because it names the current year. */
@RestController
class OpenApiController {

    /** Other paths are pages, or for operators. */
    private static final String API = "/api/";

    private final RequestMappingHandlerMapping controllers;
    private final JsonMapper json;
    private final Mono<Body> document;

    OpenApiController(RequestMappingHandlerMapping controllers, JsonMapper json) {
        this.controllers = controllers;
        this.json = json;
        this.document = Mono.fromSupplier(this::write)
                .subscribeOn(Schedulers.boundedElastic())
                .cache(written -> Duration.ofHours(1), failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Public
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Body> document() {
        return document;
    }

    private Body write() {
        List<Operation> operations = controllers.getHandlerMethods().entrySet().stream()
                .flatMap(mapping -> Operation.of(mapping.getKey(), mapping.getValue()))
                .filter(operation -> operation.path().startsWith(API))
                .toList();
        return new Body(new Document(operations, json, Year.now(ZoneOffset.UTC)).json());
    }

    /** Written without being parsed again. */
    record Body(@JsonValue @JsonRawValue String json) {}
}
