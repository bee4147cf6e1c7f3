package kinoteka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UpstreamOrderTest {

    private static final UpstreamRequest REQUEST = new UpstreamRequest(
            Endpoint.DB_DUMMY,
            HttpMethod.GET,
            "/db_dummy",
            EmptyHttpHeaders.INSTANCE,
            UpstreamRequest.Body.NONE,
            PoolName.REQUESTS,
            new CallRecord());
    private static final UpstreamResponse RESPONSE =
            new UpstreamResponse.Complete(200, EmptyHttpHeaders.INSTANCE, "http://a", new byte[0]);

    /** A feature is one class that decorates {@link Upstream}, and one line in {@link UpstreamOrder}. */
    private record NoOp(Upstream next) implements Upstream {

        @Override
        public Mono<UpstreamResponse> call(UpstreamRequest request) {
            return next.call(request);
        }
    }

    @Test
    void aFeatureIsOneClassAndOneLine() {
        var upstream = UpstreamOrder.<Upstream>wrap(request -> Mono.just(RESPONSE), List.of(NoOp::new));

        assertThat(upstream.call(REQUEST).block()).isSameAs(RESPONSE);
    }

    @Test
    void theFirstIsTheOutermost() {
        var called = new ArrayList<String>();

        UpstreamOrder.<Upstream>wrap(
                        request -> {
                            called.add("innermost");
                            return Mono.just(RESPONSE);
                        },
                        List.of(next -> recording("first", called, next), next -> recording("second", called, next)))
                .call(REQUEST)
                .block();

        assertThat(called).containsExactly("first", "second", "innermost");
    }

    private static Upstream recording(String name, List<String> called, Upstream next) {
        return request -> {
            called.add(name);
            return next.call(request);
        };
    }
}
