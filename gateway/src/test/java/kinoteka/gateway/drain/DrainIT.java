package kinoteka.gateway.drain;

import static kinoteka.gateway.testing.Http2Wire.DATA;
import static kinoteka.gateway.testing.Http2Wire.GOAWAY;
import static kinoteka.gateway.testing.Http2Wire.HEADERS;
import static kinoteka.gateway.testing.Http2Wire.PING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.Http2Wire;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;

class DrainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String REQUEST = "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void failsReadinessFirstThenAcceptsNoMoreConnectionsAndExitsAfterTheLastResponse() throws Exception {
        var arrived = new CountDownLatch(1);
        var answer = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> {
            arrived.countDown();
            return response.sendString(Mono.fromFuture(answer));
        });
        var gateway = start();
        var port = port(gateway);
        assertThat(Wire.get(port, "/ping").status()).isEqualTo(200);

        try (var slow = new Wire(port)) {
            slow.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var closed = CompletableFuture.runAsync(gateway::close);

            awaitDraining(port);
            assertThat(Wire.get(port, "/").status()).as("while it drains").isEqualTo(200);

            Awaitility.await().atMost(PATIENCE).until(() -> isRefused(port));
            assertThat(closed).as("with a request under way").isNotDone();

            answer.complete("the last one");
            assertThat(slow.answer().body()).isEqualTo("the last one");
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void closesConnectionsAfterTheirNextResponseAndIdleOnesAtTheEnd() throws Exception {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("ok")));
        var gateway = start();
        var port = port(gateway);
        try (var used = new Wire(port);
                var pipelining = new Wire(port);
                var idle = new Wire(port)) {
            for (var wire : List.of(used, pipelining, idle)) {
                assertThat(wire.send(REQUEST).answer().header("connection")).isEmpty();
            }
            var begun = System.nanoTime();
            var closed = CompletableFuture.runAsync(gateway::close);
            awaitDraining(port);

            var last = used.send(REQUEST).answer();
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(last.body()).isEqualTo("ok");
            assertThat(used.rest()).isEmpty();
            pipelining.send(REQUEST + REQUEST + REQUEST);
            assertThat(pipelining.answer().header("connection")).isEmpty();
            assertThat(pipelining.answer().header("connection")).isEmpty();
            assertThat(pipelining.answer().header("connection")).isEqualTo("close");
            assertThat(pipelining.rest()).isEmpty();
            assertThat(idle.rest()).isEmpty();
            assertThat(System.nanoTime() - begun).isGreaterThan(PAUSE.toNanos());
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void endsHttp2ConnectionsInTwoStepsAndFinishesTheirStreams() throws Exception {
        var answer = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.fromFuture(answer)));
        var gateway = start();
        var port = port(gateway);
        try (var open = new Http2Wire(port);
                var idle = new Http2Wire(port)) {
            open.get(1, "/api/movie/1").get(3, "/ping").next(HEADERS);
            idle.get(1, "/ping").next(DATA);
            var closed = CompletableFuture.runAsync(gateway::close);
            awaitDraining(port);

            assertThat(open.next(GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
            assertThat(open.get(5, "/").next(HEADERS).headers()).contains(":status: 200");
            assertThat(idle.next(GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
            assertThat(idle.next(GOAWAY).lastStream()).isEqualTo(1);
            idle.awaitClose();
            var last = open.next(GOAWAY);
            assertThat(last.lastStream()).isEqualTo(5);
            assertThat(last.errorCode()).isZero();
            assertThat(closed).isNotDone();

            answer.complete("the last one");
            assertThat(open.next(HEADERS).headers()).contains(":status: 200");
            assertThat(open.next(DATA).text()).isEqualTo("the last one");
            open.awaitClose();
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** A proxy opens a connection for a request, and would fail that request if GOAWAY came before it. */
    @Test
    void asksAnHttp2ClientToLeaveOnlyBehindTheFirstRequestOfANewConnection() throws Exception {
        var answer = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.fromFuture(answer)));
        var gateway = start();
        var port = port(gateway);
        var closed = CompletableFuture.runAsync(gateway::close);
        awaitDraining(port);
        try (var late = new Http2Wire(port)) {
            assertThat(late.send(PING, 0, 0, new byte[8]).next(PING, GOAWAY).type())
                    .isEqualTo(PING);

            assertThat(late.get(1, "/api/movie/1").next(GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
            answer.complete("ok");
            assertThat(late.next(HEADERS).headers()).contains(":status: 200");
            assertThat(late.next(DATA).text()).isEqualTo("ok");
        }
        closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitDraining(int port) {
        Awaitility.await().atMost(PATIENCE).until(() -> Wire.get(port, "/ping").status() == 503);
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Gateway.class, OwnThreads.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--kinoteka.gateway.drain.pause=" + PAUSE.toSeconds() + "s",
                        "--kinoteka.gateway.upstream.catalogue=http://localhost:" + Upstream.SHARED.port());
    }

    private static int port(ConfigurableApplicationContext gateway) {
        return gateway.getEnvironment().getRequiredProperty("local.server.port", int.class);
    }

    private static boolean isRefused(int port) throws IOException {
        try {
            Wire.get(port, "/ping");
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** The shared threads would stop with this gateway, and other tests need them. */
    static class OwnThreads {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }
}
