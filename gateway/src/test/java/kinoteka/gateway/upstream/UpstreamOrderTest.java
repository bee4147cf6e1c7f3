package kinoteka.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UpstreamOrderTest {

    private static final UpstreamRequest REQUEST = new UpstreamRequest(
            HttpMethod.GET, "/", EmptyHttpHeaders.INSTANCE, UpstreamRequest.Body.NONE, PoolName.REQUESTS);
    private static final UpstreamResponse RESPONSE =
            new UpstreamResponse.Complete(200, EmptyHttpHeaders.INSTANCE, "http://a", new byte[0]);

    /** A feature is one class that wraps the port, and one line in {@link UpstreamOrder}. */
    private record DoNothing(Upstream next) implements Upstream {

        @Override
        public Mono<UpstreamResponse> call(UpstreamRequest request) {
            return next.call(request);
        }
    }

    @Test
    void aFeatureTakesOneClassAndOneLine() {
        var upstream = UpstreamOrder.wrap(request -> Mono.just(RESPONSE), List.of(DoNothing::new));

        assertThat(upstream.call(REQUEST).block()).isSameAs(RESPONSE);
    }

    @Test
    void theFirstIsTheOutermost() {
        var passed = new ArrayList<String>();

        UpstreamOrder.wrap(
                        request -> {
                            passed.add("innermost");
                            return Mono.just(RESPONSE);
                        },
                        List.of(next -> noting("first", passed, next), next -> noting("second", passed, next)))
                .call(REQUEST)
                .block();

        assertThat(passed).containsExactly("first", "second", "innermost");
    }

    private static Upstream noting(String name, List<String> passed, Upstream next) {
        return request -> {
            passed.add(name);
            return next.call(request);
        };
    }
}
