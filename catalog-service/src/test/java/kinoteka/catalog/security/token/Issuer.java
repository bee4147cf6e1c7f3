package kinoteka.catalog.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A real HTTP server that publishes keys, and misbehaves when it is told to. */
final class Issuer implements AutoCloseable {

    static final String NAME = "https://login.example";

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger requestsAfterRedirect = new AtomicInteger();
    private final DisposableServer server;
    private volatile BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour =
            (request, response) -> response.sendNotFound();

    Issuer() {
        server = HttpServer.create()
                .host("localhost")
                .port(0)
                .route(routes -> routes.get("/keys", (request, response) -> {
                            requests.incrementAndGet();
                            return behaviour.apply(request, response);
                        })
                        .get("/elsewhere", (request, response) -> {
                            requestsAfterRedirect.incrementAndGet();
                            return response.sendString(Mono.just(new JWKSet().toString()));
                        }))
                .bindNow();
    }

    URI jwks() {
        return URI.create("http://localhost:" + server.port() + "/keys");
    }

    int requests() {
        return requests.get();
    }

    int requestsAfterRedirect() {
        return requestsAfterRedirect.get();
    }

    void publishes(JWK... keys) {
        publishes(Mono.just("now"), keys);
    }

    /** Responds when {@code signal} completes. */
    void publishes(Mono<?> signal, JWK... keys) {
        var document = new JWKSet(List.of(keys)).toString();
        behaves((request, response) -> response.sendString(signal.then(Mono.just(document))));
    }

    void behaves(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> changed) {
        behaviour = changed;
    }

    /** Further connections are refused. */
    @Override
    public void close() {
        server.disposeNow();
    }

    static ECKey key(String name) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
