package kinoteka.gateway.writes;

import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets each client see what it has written, in lists too, which the catalogue reads from replicas. The response to a write names a position
 * in PostgreSQL's log. The gateway sends it with the client's next reads, and the catalogue passes by a replica that has not replayed it. A
 * client that uses several gateways sends the position itself.
 */
@Component
public class ReadYourWrites {

    /** The name of the header in both directions. */
    public static final String POSITION = "Kinoteka-Position";

    private final WritePositions positions = new WritePositions(System::nanoTime);

    /** Returns an upstream that does this. */
    public Upstream decorate(Upstream next) {
        return request -> request.isSafe()
                ? Mono.defer(() -> next.call(withPosition(request)))
                : next.call(request).doOnNext(response -> remember(request, response));
    }

    private UpstreamRequest withPosition(UpstreamRequest request) {
        var remembered = positions.find(request.headers());
        return remembered == null || request.headers().contains(POSITION)
                ? request
                : request.withHeaders(request.headers().copy().set(POSITION, remembered));
    }

    private void remember(UpstreamRequest request, UpstreamResponse response) {
        var position = response.headers().get(POSITION);
        if (position != null) {
            positions.remember(request.headers(), position);
        }
    }
}
