package kinoteka.gateway.writes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ReadYourWritesTest {

    private final List<String> sent = new ArrayList<>();
    private String position = "";
    private final Upstream upstream = new ReadYourWrites().decorate(this::respond);

    @Test
    void sendsThePositionOfAClientsLatestWriteWithItsReads() {
        write("16/B374D848", headers("10.0.0.1", "Bearer one"));
        write("9/FFFFFFFF", headers("10.0.0.1", "Bearer one")); // an earlier position, although it has more digits

        read(headers("10.0.0.1", null));
        read(headers("10.0.0.2", "Bearer one"));
        read(headers("10.0.0.2", "Bearer two"));

        assertThat(sent).containsExactly("16/B374D848", "16/B374D848", "");
    }

    @Test
    void leavesThePositionThatAClientSendsAsItIs() {
        write("16/0", headers("10.0.0.1", null));

        read(headers("10.0.0.1", null).set(ReadYourWrites.POSITION, "15/0"));

        assertThat(sent).containsExactly("15/0");
    }

    @Test
    void forgetsAPositionThatEveryReplicaInUseHasReplayed() {
        var nanos = new AtomicLong();
        var positions = new WritePositions(nanos::get);
        positions.remember(headers("10.0.0.1", null), "16/0");
        assertThat(positions.find(headers("10.0.0.1", null))).isEqualTo("16/0");

        nanos.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThat(positions.find(headers("10.0.0.1", null))).isNull();
    }

    private Mono<UpstreamResponse> respond(UpstreamRequest request) {
        if (request.isSafe()) {
            sent.add(request.headers().get(ReadYourWrites.POSITION, ""));
        }
        var headers = new DefaultHttpHeaders().set(ReadYourWrites.POSITION, position);
        return Mono.just(new UpstreamResponse.Complete(200, headers, "one", new byte[0]));
    }

    private void write(String after, HttpHeaders headers) {
        position = after;
        call(HttpMethod.POST, headers);
    }

    private void read(HttpHeaders headers) {
        call(HttpMethod.GET, headers);
    }

    private void call(HttpMethod method, HttpHeaders headers) {
        upstream.call(new UpstreamRequest(
                        Endpoint.ORDERS,
                        method,
                        "/api/customer/1/orders",
                        headers,
                        UpstreamRequest.Body.NONE,
                        PoolName.REQUESTS,
                        new CallRecord()))
                .block();
    }

    private static HttpHeaders headers(String address, @Nullable String token) {
        var headers = new DefaultHttpHeaders().set("X-Forwarded-For", address);
        return token == null ? headers : headers.set("Authorization", token);
    }
}
