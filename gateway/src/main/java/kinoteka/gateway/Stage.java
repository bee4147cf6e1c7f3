package kinoteka.gateway;

import org.springframework.core.Ordered;

/**
 * What a request passes, outermost first. All but the last are web filters and see every request; the last is a gateway filter and sees
 * what goes to the catalogue.
 */
public enum Stage implements Ordered {
    RECORD,
    PROBLEM,
    ROUTING,
    BODY_LIMIT,
    CATALOGUE,
    UPSTREAM;

    @Override
    @SuppressWarnings("EnumOrdinal") // the order of the constants is what this enum states
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10 * ordinal();
    }
}
