package kinoteka.gateway.upstream;

import java.util.Locale;

/** The connection pools of an instance. They are separate so that long responses cannot take the connections of short ones. */
public enum PoolName {
    /** For requests whose body has arrived completely and whose response is short. */
    REQUESTS,
    /** For lists, event streams and large request bodies, which may take as long as the client is slow. */
    STREAMS,
    /** For the gateway's health checks. */
    HEALTH_CHECKS,
    /** For the stream of changes to which the gateway itself listens. */
    CHANGES;

    /** Whether calls are made for clients. Only these determine whether the instance is ejected and its circuit breaker opens. */
    public boolean isForClients() {
        return this == REQUESTS || this == STREAMS;
    }

    /** The value of the metric label {@code pool}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
