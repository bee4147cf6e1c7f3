package kinoteka.gateway.testing;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A client of an instance without a network. Its calls are in progress until the test ends them, the oldest first. */
public final class FakeInstance implements InstanceClient {

    private final URI uri;
    private final Deque<Sinks.One<UpstreamResponse>> calls = new ArrayDeque<>();
    private boolean rejecting;
    private int limit = Integer.MAX_VALUE;
    private int received;

    public FakeInstance(String uri) {
        this.uri = URI.create(uri);
    }

    /** A request for a single resource. */
    public static UpstreamRequest get() {
        return request(HttpMethod.GET, PoolName.REQUESTS, UpstreamRequest.Body.NONE);
    }

    public static UpstreamRequest request(HttpMethod method, PoolName pool, UpstreamRequest.Body body) {
        return new UpstreamRequest(
                Endpoint.MOVIE, method, "/api/movie/1", EmptyHttpHeaders.INSTANCE, body, pool, new CallRecord());
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(() -> {
            Sinks.One<UpstreamResponse> call = Sinks.one();
            calls.add(call);
            received++;
            return call.asMono();
        });
    }

    /** Ends the oldest call with this status. */
    public void respond(int status) {
        calls.remove()
                .tryEmitValue(
                        new UpstreamResponse.Complete(status, EmptyHttpHeaders.INSTANCE, uri.toString(), new byte[0]));
    }

    /** Ends the oldest call with this failure. */
    public void fail(FailureReason reason) {
        calls.remove().tryEmitError(new UpstreamException(reason, uri.toString(), "as the test says"));
    }

    /** Ends the oldest call with this failure. */
    public void fail(Throwable failure) {
        calls.remove().tryEmitError(failure);
    }

    /** Ends so many of the latest calls with this failure. */
    public void failLast(int number, FailureReason reason) {
        for (int i = 0; i < number; i++) {
            calls.removeLast().tryEmitError(new UpstreamException(reason, uri.toString(), "as the test says"));
        }
    }

    /** Forgets the calls in progress, because the test has cancelled them. */
    public void forget() {
        calls.clear();
    }

    /** The number of calls received so far. */
    public int received() {
        return received;
    }

    public void setRejecting(boolean rejects) {
        rejecting = rejects;
    }

    public void setLimit(int max) {
        limit = max;
    }

    @Override
    public URI instance() {
        return uri;
    }

    @Override
    public boolean isRejecting() {
        return rejecting;
    }

    @Override
    public int limit() {
        return limit;
    }
}
