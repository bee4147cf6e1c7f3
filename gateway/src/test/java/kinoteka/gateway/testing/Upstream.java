package kinoteka.gateway.testing;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A real server in the catalogue's place. It answers what the test says; by default the target it was asked for. Probes it
 * answers by itself, and it refuses the gateway's own listening to changes unless the test says otherwise.
 */
public final class Upstream {

    public static final Upstream SHARED = new Upstream();

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Handler handler = Upstream::echo;
    private volatile Handler changes =
            (request, response) -> response.status(503).send();
    private volatile DisposableServer server = bind(0);

    public Upstream() {}

    /** Answers all requests from now on. */
    public void answers(Handler answers) {
        handler = answers;
    }

    /** Answers the gateway's own listening to changes from now on. */
    public void answersListener(Handler answers) {
        changes = answers;
    }

    /** Answers all requests from now on with this JSON and its length. */
    public void answersJson(String json) {
        answers((request, response) ->
                response.header("Content-Type", "application/json").sendString(Mono.just(json)));
    }

    public int port() {
        return server.port();
    }

    /** Closes the port and every connection; nothing listens then. */
    public void stop() {
        server.disposeNow(Duration.ofSeconds(5));
        connections.close().awaitUninterruptibly();
    }

    public boolean isListening() {
        return !server.isDisposed();
    }

    /** Listens on the same port again. */
    public void startAgain() {
        server = bind(server.port());
    }

    private DisposableServer bind(int port) {
        return HttpServer.create()
                .host("localhost")
                .port(port)
                .doOnChannelInit((observer, channel, client) -> connections.add(channel))
                .route(routes -> routes.get("/ping", (request, response) -> response.sendString(Mono.just("pong")))
                        .route(request -> true, (request, response) -> (isListener(request) ? changes : handler)
                                .apply(request, response)))
                .bindNow();
    }

    private static boolean isListener(HttpServerRequest request) {
        return request.uri().equals("/api/changes")
                && !request.requestHeaders().contains("X-Forwarded-Proto"); // in every request of a client
    }

    /** Reactor Netty's {@code aggregate()} would release the buffers of a body that ends too early twice, and log it. */
    private static Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
        return response.header("Content-Type", "text/plain")
                .sendString(request.receive()
                        .asString()
                        .collect(Collectors.joining())
                        .map(body -> request.method() + " " + request.uri() + (body.isEmpty() ? "" : " " + body)));
    }

    /** What an upstream does with a request. */
    public interface Handler extends BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {}

    /** Tells the gateway where the upstream is, unless the test has others. */
    static final class Address implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var catalogue = "kinoteka.gateway.upstream.catalogue";
            if (!context.getEnvironment().containsProperty(catalogue)) {
                TestPropertyValues.of(catalogue + "=http://localhost:" + SHARED.port())
                        .applyTo(context);
            }
        }
    }

    /** Gives each test the default answers. */
    static final class Reset implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext context) {
            SHARED.answers(Upstream::echo);
        }
    }
}
