package kinoteka.gateway.upstream;

import reactor.core.publisher.Mono;

/**
 * The way to the catalogue: everything that calls it calls this, and every feature of such calls wraps another of these. {@link
 * UpstreamOrder} states who wraps whom.
 */
@FunctionalInterface
public interface Upstream {

    /**
     * The response to a request. Nothing is sent before the subscription; each subscription sends the request anew. Cancelling it, or
     * the body of a {@link UpstreamResponse.Streamed}, ends the call and gives up its connection.
     *
     * @return fails with {@link UpstreamException} when there is no response, and with the failure of the request's own body when
     *     that fails
     */
    Mono<UpstreamResponse> call(UpstreamRequest request);
}
