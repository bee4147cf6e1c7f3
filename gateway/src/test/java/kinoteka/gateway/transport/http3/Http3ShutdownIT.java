package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;

class Http3ShutdownIT {

    private static final String ANY_REQUEST = "GOAWAY " + ((1L << 62) - 4);
    private static final int PATIENCE_SECONDS = 20;

    @Test
    void endsConnectionsInTwoStepsAndFinishesTheirRequests() throws Exception {
        var answer = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.fromFuture(answer)));
        var gateway = start();
        var port = gateway.getBean(Http3Port.class).get();
        try (var open = new Http3Wire(port);
                var idle = new Http3Wire(port)) {
            assertThat(idle.get("/").response()).startsWith("200 ");
            var slow = open.get("/api/movie/1");
            assertThat(open.get("/").response()).startsWith("200 ");
            var closed = CompletableFuture.runAsync(gateway::close);

            assertThat(open.next()).isEqualTo(ANY_REQUEST);
            try (var late = new Http3Wire(port)) {
                assertThat(late.get("/").response()).as("while it drains").startsWith("200 ");
                assertThat(late.next()).isEqualTo(ANY_REQUEST);
            }
            assertThat(idle.next()).isEqualTo(ANY_REQUEST);
            assertThat(idle.next()).isEqualTo("GOAWAY 4");
            assertThat(idle.next()).isEqualTo("closed 100");
            assertThat(open.next()).isEqualTo("GOAWAY 8");
            assertThat(closed).as("with a request under way").isNotDone();
            assertThat(Http3Wire.isRefused(port)).isTrue();

            answer.complete("the last one");
            assertThat(slow.response()).isEqualTo("200 the last one");
            assertThat(open.next()).isEqualTo("closed 100");
            closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static ConfigurableApplicationContext start() throws Exception {
        var certificate = new CertificateFolder();
        certificate.holds(CertificateFolder.certificateOf("localhost"));
        return new SpringApplicationBuilder(Gateway.class, OwnThreads.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--kinoteka.gateway.drain.pause=2s",
                        "--kinoteka.gateway.http3.enabled=true",
                        "--kinoteka.gateway.tls.certificate=" + certificate.certificate(),
                        "--kinoteka.gateway.tls.private-key=" + certificate.privateKey(),
                        "--kinoteka.gateway.tls.port=0",
                        "--kinoteka.gateway.upstream.catalogue=http://localhost:" + Upstream.SHARED.port());
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
