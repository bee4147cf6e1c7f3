package kinoteka.catalog.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import kinoteka.catalog.security.Public;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The API's document over HTTP, made when somebody first asks for it. */
@RestController
class OpenApiController {

    private final Mono<Document> document;

    OpenApiController(RequestMappingHandlerMapping controllers, JsonMapper json) {
        this.document = Mono.fromSupplier(
                        () -> new Document(new Description(controllers.getHandlerMethods(), json).json()))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    @Public
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Document> document() {
        return document;
    }

    /** As it is sent. */
    record Document(@JsonValue @JsonRawValue String json) {}
}
