package kinoteka.gateway.ratelimit;

import kinoteka.gateway.connections.ClientKey;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.redis.SharedLimiter;
import kinoteka.gateway.request.Ending;
import kinoteka.gateway.request.RequestListener;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;

/**
 * Counts a request several times if its client cancels it before the catalogue responds. The instance processes it nevertheless, and the
 * connection to the instance is closed. A client that cancels its requests at once therefore costs the instances more than one that waits for
 * the responses (rapid reset, CVE-2023-44487). The gateway closes a connection that cancels too many requests, but a client may open others.
 */
final class CancelledRequests implements RequestListener {

    private final LocalLimiter local;
    private final @Nullable SharedLimiter shared;
    private final Live<RateLimitSettings> settings;

    /**
     * Creates the listener.
     *
     * @param shared null if the gateway counts by itself
     */
    CancelledRequests(LocalLimiter local, @Nullable SharedLimiter shared, Live<RateLimitSettings> settings) {
        this.local = local;
        this.shared = shared;
        this.settings = settings;
    }

    @Override
    public void onRequestEnded(RequestRecord request) {
        var address = request.origin().address();
        if (address == null || !isCancelledCall(request)) {
            return;
        }
        var client = ClientKey.of(address);
        var tokens = settings.get().cancelledCost() - 1; // one was taken when the request arrived
        if (tokens == 0) {
            return;
        }
        if (shared == null) {
            local.charge(client, tokens);
        } else {
            shared.charge(client, tokens);
        }
    }

    private static boolean isCancelledCall(RequestRecord request) {
        return request.ending() == Ending.CLIENT_DISCONNECTED
                && request.call().attempts() > 0
                && request.instance() == null;
    }
}
