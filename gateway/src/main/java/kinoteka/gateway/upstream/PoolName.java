package kinoteka.gateway.upstream;

import java.util.Locale;

/** The connections to an instance are in pools of their own, so that what lasts long does not hold up what is short. */
public enum PoolName {
    /** Short responses to requests whose body is there. */
    REQUESTS,
    /** Lists, event streams and large request bodies, which last as long as the client takes. */
    STREAMS,
    /** The gateway's own health checks. */
    HEALTH_CHECKS;

    /** Value of the metric label {@code pool}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
