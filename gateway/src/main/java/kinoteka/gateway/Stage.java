package kinoteka.gateway;

import org.springframework.core.Ordered;

/**
 * The order of the filters, outermost first. All but the last are web filters and process every request; the last is a filter of Spring
 * Cloud Gateway and processes only requests for the catalogue.
 */
public enum Stage implements Ordered {
    RECORD,
    PROBLEM,
    CORS,
    HSTS,
    ALT_SVC,
    ROUTING,
    RATE_LIMIT,
    ALLOW_LIST,
    REDIRECT,
    BODY_LIMIT,
    COMPRESSION,
    CACHE,
    CATALOGUE,
    UPSTREAM;

    @Override
    @SuppressWarnings("EnumOrdinal") // this enum defines the order by that of its constants
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10 * ordinal();
    }
}
