package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.problem.ProblemDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** Calls every handler there is, with and without tokens. */
@CatalogIT
class AccessIT {

    @Autowired
    private RequestMappingHandlerMapping handlers;

    private final List<RequestMappingInfo> registered = new ArrayList<>();
    private WebTestClient http;

    /** One method of one path. Its body cannot be read, which must not matter to a caller who is rejected. */
    private record Endpoint(RequestMethod method, String pattern, Access access) {

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    @AfterEach
    void unregister() {
        registered.forEach(handlers::unregisterMapping);
    }

    @Test
    void requiresATokenWhereOneIsDeclared() {
        for (var endpoint : endpoints(Access.MEMBERS, Access.EDITORS)) {
            assertThat(problem(endpoint, AccessIT::withoutToken))
                    .as(endpoint.toString())
                    .isEqualTo("/problems/token-missing");
        }
    }

    @Test
    void requiresAnEditorWhereOneIsDeclared() {
        for (var endpoint : endpoints(Access.EDITORS)) {
            assertThat(problem(endpoint, Bearer.customer(1)))
                    .as(endpoint.toString())
                    .isEqualTo("/problems/forbidden");
            assertThat(status(endpoint, Bearer.editor()))
                    .as(endpoint.toString())
                    .isNotIn(401, 403);
        }
    }

    @Test
    void requiresOneOfItsRolesOfMembers() {
        for (var endpoint : endpoints(Access.MEMBERS)) {
            assertThat(problem(endpoint, Bearer.header(Bearer.token("1", "owner"))))
                    .as(endpoint.toString())
                    .isEqualTo("/problems/forbidden");
        }
    }

    @Test
    void admitsEverybodyElsewhere() {
        for (var endpoint : endpoints(Access.PUBLIC, Access.PERSONAL)) {
            if (!endpoint.pattern().equals("/api/changes")) { // never ends
                assertThat(status(endpoint, AccessIT::withoutToken))
                        .as(endpoint.toString())
                        .isNotIn(401, 403);
            }
        }
    }

    /** A new entry is a decision that a reviewer sees. */
    @Test
    void letsEverybodyWriteInOnePlaceOnlyAndHidesOrdersOnly() {
        assertThat(endpoints(Access.PUBLIC, Access.PERSONAL).stream()
                        .filter(endpoint -> endpoint.method() != RequestMethod.GET)
                        .map(Endpoint::toString))
                .containsExactly("POST /api/customer");
        assertThat(endpoints(Access.MEMBERS, Access.EDITORS).stream()
                        .filter(endpoint -> endpoint.method() == RequestMethod.GET)
                        .map(Endpoint::toString))
                .containsExactlyInAnyOrder("GET /api/customer/{id}/orders", "GET /api/customer/{id}/orders/{orderId}");
        assertThat(endpoints(Access.PERSONAL).stream().map(Endpoint::toString))
                .containsExactly("GET /api/customer/{id}");
    }

    @Test
    void answers404ForAHandlerThatWasRegisteredLaterWithoutADeclaration() throws NoSuchMethodException {
        register("/late/undeclared", Late.class.getDeclaredMethod("undeclared"));
        register("/late/declared", Late.class.getDeclaredMethod("declared"));

        http.get().uri("/late/undeclared").exchange().expectStatus().isNotFound();
        http.get()
                .uri("/late/undeclared")
                .headers(Bearer.admin())
                .exchange()
                .expectStatus()
                .isNotFound();
        http.get().uri("/late/declared").exchange().expectStatus().isOk();
    }

    @Test
    void saysWhichMethodsThereAre() {
        http.options()
                .uri("/api/movie")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(HttpHeaders.ALLOW, allowed -> assertThat(allowed).contains("GET", "POST"));
    }

    private int status(Endpoint endpoint, Consumer<HttpHeaders> caller) {
        return send(endpoint, caller).expectBody().returnResult().getStatus().value();
    }

    private String problem(Endpoint endpoint, Consumer<HttpHeaders> caller) {
        var problem = send(endpoint, caller)
                .expectBody(ProblemDetails.class)
                .returnResult()
                .getResponseBody();
        return problem == null ? "" : problem.type();
    }

    private WebTestClient.ResponseSpec send(Endpoint endpoint, Consumer<HttpHeaders> caller) {
        return http.method(endpoint.method().asHttpMethod())
                .uri(endpoint.pattern().replaceAll("\\{[^}]*}", "9223372036854775807"))
                .headers(caller)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{")
                .exchange();
    }

    private static void withoutToken(HttpHeaders headers) {}

    private void register(String path, Method method) {
        var mapping = RequestMappingInfo.paths(path).methods(RequestMethod.GET).build();
        handlers.registerMapping(mapping, new Late(), method);
        registered.add(mapping);
    }

    private List<Endpoint> endpoints(Access... wanted) {
        var endpoints = handlers.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> endpoints(entry.getKey(), entry.getValue()))
                .filter(endpoint -> List.of(wanted).contains(endpoint.access()))
                .toList();
        assertThat(endpoints).isNotEmpty();
        return endpoints;
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo mapping, HandlerMethod handler) {
        var access = Access.declaredBy(handler).orElseThrow();
        return mapping.getPatternsCondition().getPatterns().stream()
                .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                        .map(method -> new Endpoint(method, pattern.getPatternString(), access)));
    }

    static final class Late {

        Mono<ResponseEntity<String>> undeclared() {
            return Mono.just(ResponseEntity.ok("{}"));
        }

        @Public
        Mono<ResponseEntity<String>> declared() {
            return Mono.just(ResponseEntity.ok("{}"));
        }
    }
}
