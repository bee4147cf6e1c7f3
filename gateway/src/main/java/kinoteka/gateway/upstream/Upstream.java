package kinoteka.gateway.upstream;

import reactor.core.publisher.Mono;

/**
 * Calls the catalogue. All calls use this interface, and each feature of calls is a decorator of it. {@link UpstreamOrder} defines the
 * order of the decorators.
 */
@FunctionalInterface
public interface Upstream {

    /**
     * Sends a request. Nothing is sent before the subscription, and each subscription sends the request again. Cancelling the
     * subscription, or that to the body of a {@link UpstreamResponse.Streamed}, ends the call and closes its connection.
     *
     * @return the response. Fails with {@link UpstreamException} if there is none, and with the error of the request body if reading that
     *     body fails
     */
    Mono<UpstreamResponse> call(UpstreamRequest request);
}
