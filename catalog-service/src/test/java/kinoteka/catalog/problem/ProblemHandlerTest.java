package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MockClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kinoteka.catalog.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTest {

    private final Throwable lostDatabase =
            new IllegalStateException("database", new IOException("Connection reset by peer"));

    private final ProblemHandler handler = new ProblemHandler(
            List.of(
                    (failure, method) -> failure == lostDatabase
                            ? Optional.of(Problem.DATABASE_UNAVAILABLE.exception("The database is away."))
                            : Optional.empty(),
                    new WebExceptionMapper()),
            new ProblemLog(new MockClock()),
            JsonMapper.shared());
    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/movie")
            .header("traceparent", "00-" + "a".repeat(32) + "-b7ad6b7169203331-01"));

    @Test
    void waitsForTheRequestOfADisconnectedClientToBeCancelled() {
        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            StepVerifier.withVirtualTime(() -> handler.handle(exchange, new AbortedException("closed")))
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(999))
                    .thenCancel()
                    .verify();

            assertThat(log.messages()).isEmpty();
        }
        assertThat(exchange.getResponse().isCommitted()).isFalse();
    }

    @Test
    void reportsAFailureThatOnlyLooksLikeADisconnect() {
        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            StepVerifier.withVirtualTime(() -> handler.handle(exchange, new IOException("Connection reset by peer")))
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(999))
                    .thenAwait(Duration.ofMillis(1))
                    .verifyComplete();

            assertThat(log.failures()).singleElement().asString().contains("/problems/internal");
        }
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    @Test
    void reportsAResponseThatWasBegunAsIncompleteIfTheRequestIsNotCancelled() {
        exchange.getResponse().setComplete().block();

        StepVerifier.withVirtualTime(() -> handler.handle(exchange, new AbortedException("closed")))
                .thenAwait(Duration.ofSeconds(1))
                .verifyErrorMessage("the response cannot be completed");
    }

    @Test
    void knowsTheLostConnectionOfTheDatabaseFromThatOfTheClient() {
        StepVerifier.create(handler.handle(exchange, lostDatabase)).verifyComplete();

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** Otherwise Spring would take the reset connection for the client's, and would end the response as if it were complete. */
    @Test
    void failsAResponseThatHasBegunWithoutTheCause() {
        exchange.getResponse().setComplete().block();

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            StepVerifier.create(handler.handle(exchange, lostDatabase))
                    .expectErrorSatisfies(failure -> assertThat(failure).hasNoCause())
                    .verify();

            assertThat(log.messages()).singleElement().asString().startsWith("WARN 503 /problems/database-unavailable");
        }
    }

    @Test
    void logsTheTraceIdThatTheClientReceives() {
        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            StepVerifier.create(handler.handle(exchange, Problem.OVERLOADED.exception("Busy.")))
                    .verifyComplete();

            assertThat(log.messages()).singleElement().asString().contains("trace " + "a".repeat(32));
        }
        assertThat(exchange.getResponse().getBodyAsString().block()).contains("a".repeat(32));
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void sendsTheStatusAndTheHeadersOfTheProblem(Problem problem) {
        exchange.getResponse().getHeaders().set(HttpHeaders.ETAG, "\"of the resource\"");

        StepVerifier.create(handler.handle(exchange, problem.exception("Because.")))
                .verifyComplete();

        var headers = exchange.getResponse().getHeaders();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(problem.status());
        assertThat(headers.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(headers.getETag()).isNull();
        assertThat(headers.getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo(
                        switch (problem.status()) {
                            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> "1";
                            default -> null;
                        });
        assertThat(headers.getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .isEqualTo(
                        switch (problem) {
                            case TOKEN_MISSING -> "Bearer realm=\"kinoteka\"";
                            case TOKEN_INVALID -> "Bearer realm=\"kinoteka\", error=\"invalid_token\"";
                            default -> null;
                        });
        var body = exchange.getResponse().getBodyAsString().block();
        assertThat(body).contains("\"type\":\"" + problem.type() + "\"", "\"detail\":\"Because.\"");
        assertThat(body).hasSize(Math.toIntExact(headers.getContentLength()));
    }

    @Test
    void sendsNoBodyToHead() {
        var head = MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.HEAD, "/api/movie"));

        StepVerifier.create(handler.handle(head, Problem.OVERLOADED.exception("Busy.")))
                .verifyComplete();

        assertThat(head.getResponse().getBodyAsString().block()).isEmpty();
        assertThat(head.getResponse().getHeaders().getContentLength()).isPositive();
    }

    @Test
    void sendsTheHeadersOfSpringsException() {
        StepVerifier.create(handler.handle(exchange, new MethodNotAllowedException("POST", List.of(HttpMethod.GET))))
                .verifyComplete();

        assertThat(exchange.getResponse().getHeaders().getAllow()).containsExactly(HttpMethod.GET);
    }
}
