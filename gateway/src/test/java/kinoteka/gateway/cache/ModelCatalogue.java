package kinoteka.gateway.cache;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A catalogue with one number in its database, which each write increases, and a replica that is behind until it is told to catch up. A call
 * proceeds only when it is told to: first it reads or writes the database, then it responds.
 */
final class ModelCatalogue implements Upstream {

    final List<Call> calls = new ArrayList<>();
    int primary;
    private int replica;

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.create(sink -> calls.add(new Call(request, sink)));
    }

    void replicaCatchesUp() {
        replica = primary;
    }

    /** A call in progress. */
    final class Call {

        private final UpstreamRequest request;
        private final MonoSink<UpstreamResponse> sink;
        private final boolean ofPrimary;
        int version;

        Call(UpstreamRequest request, MonoSink<UpstreamResponse> sink) {
            this.request = request;
            this.sink = sink;
            this.ofPrimary = !request.isSafe()
                    || request.target().matches(".*/[0-9]+")
                    || request.headers().contains("Gateway-Read");
        }

        void useDatabase() {
            if (!request.isSafe()) {
                primary++;
            }
            version = ofPrimary ? primary : replica;
        }

        void respond() {
            sink.success(
                    new UpstreamResponse.Complete(200, headers(), "http://catalogue", new byte[] {(byte) version}));
        }

        private HttpHeaders headers() {
            var headers = new DefaultHttpHeaders().set("Gateway-Cache-Control", "max-age=300");
            return ofPrimary ? headers.set("Gateway-Read", "primary") : headers;
        }
    }
}
