package kinoteka.gateway.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;

class DrainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void isUnreadyFirstThenTakesNoMoreConnectionsAndEndsWhenTheLastRequestHasItsAnswer() throws Exception {
        var arrived = new CountDownLatch(1);
        var answer = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> {
            arrived.countDown();
            return response.sendString(Mono.fromFuture(answer));
        });
        var gateway = new SpringApplicationBuilder(Gateway.class, OwnThreads.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--kinoteka.gateway.drain.pause=1s",
                        "--kinoteka.gateway.upstream.catalogue=http://localhost:" + Upstream.SHARED.port());
        var port = gateway.getEnvironment().getRequiredProperty("local.server.port", int.class);
        assertThat(Wire.get(port, "/ping").status()).isEqualTo(200);

        try (var late = new Wire(port)) {
            late.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var closed = CompletableFuture.runAsync(gateway::close);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Wire.get(port, "/ping").status() == 503);
            assertThat(Wire.get(port, "/").status()).as("while it drains").isEqualTo(200);

            Awaitility.await().atMost(PATIENCE).until(() -> isRefused(port));
            assertThat(closed).as("with a request under way").isNotDone();

            answer.complete("the last one");
            assertThat(late.answer().body()).isEqualTo("the last one");
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean isRefused(int port) throws IOException {
        try {
            Wire.get(port, "/ping");
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** Those that all share would end with this gateway, and with them what other tests stand on. */
    static class OwnThreads {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }
}
