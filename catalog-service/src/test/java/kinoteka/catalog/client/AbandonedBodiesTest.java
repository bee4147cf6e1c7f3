package kinoteka.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class AbandonedBodiesTest {

    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
    private final TestPublisher<DataBuffer> body = TestPublisher.create();

    @Test
    void cancelsABodyWhoseResponseCannotBeWritten() {
        disconnectBeforeTheHeaders();

        StepVerifier.create(write(response -> response.writeWith(body.flux())))
                .then(() -> body.next(buffer("a")))
                .verifyError(IOException.class);

        body.assertWasCancelled();
    }

    @Test
    void cancelsAStreamWhoseResponseCannotBeWritten() {
        disconnectBeforeTheHeaders();

        StepVerifier.create(
                        write(response -> response.writeAndFlushWith(body.flux().map(Flux::just))))
                .then(() -> body.next(buffer("a")))
                .verifyError(IOException.class);

        body.assertWasCancelled();
    }

    @Test
    void cancelsABodyWhoseClientDisconnectsLater() {
        StepVerifier.create(write(response -> response.writeWith(body.flux())))
                .then(() -> body.next(buffer("a"), buffer("b")))
                .thenCancel()
                .verify();

        body.assertWasCancelled();
    }

    @Test
    void leavesABodyThatIsWrittenAsItIs() {
        StepVerifier.create(write(response -> response.writeWith(body.flux())))
                .then(() -> body.next(buffer("a"), buffer("b")))
                .then(body::complete)
                .verifyComplete();

        assertThat(exchange.getResponse().getBodyAsString().block()).isEqualTo("ab");
    }

    @Test
    void passesTheErrorOfABodyOn() {
        StepVerifier.create(write(response -> response.writeWith(body.flux())))
                .then(() -> body.error(new IllegalStateException("no body")))
                .verifyErrorMessage("no body");
    }

    /** A mono is written with its length, which needs the mono itself. */
    @Test
    void leavesAMonoAMono() {
        var written = new Publisher<?>[1];
        var response = new ServerHttpResponseDecorator(new MockServerHttpResponse()) {
            @Override
            public Mono<Void> writeWith(Publisher<? extends DataBuffer> publisher) {
                written[0] = publisher;
                return super.writeWith(publisher);
            }
        };
        var one = Mono.just(buffer("a"));

        StepVerifier.create(new AbandonedBodies()
                        .filter(exchange.mutate().response(response).build(), inner -> inner.getResponse()
                                .writeWith(one)))
                .verifyComplete();

        assertThat(written[0]).isSameAs(one);
    }

    private Mono<Void> write(Function<ServerHttpResponse, Mono<Void>> write) {
        return new AbandonedBodies().filter(exchange, (ServerWebExchange inner) -> write.apply(inner.getResponse()));
    }

    /** As a server does that finds the connection closed: it fails without subscribing to the body. */
    private void disconnectBeforeTheHeaders() {
        exchange.getResponse().setWriteHandler(unread -> Mono.error(new IOException("Connection reset by peer")));
        exchange.getResponse().beforeCommit(() -> Mono.error(new IOException("Connection reset by peer")));
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
