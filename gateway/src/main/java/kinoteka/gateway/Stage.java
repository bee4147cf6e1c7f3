package kinoteka.gateway;

import org.springframework.core.Ordered;

/**
 * What a request meets, outermost first. The first four are web filters and see every request, the last two are
 * gateway filters and see what goes to an upstream.
 */
public enum Stage implements Ordered {
    METRICS,
    PROBLEM,
    ROUTING,
    BODY_LIMIT,
    STREAMING,
    UPSTREAM;

    @Override
    @SuppressWarnings("EnumOrdinal") // the order of the constants is what this enum states
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10 * ordinal();
    }
}
