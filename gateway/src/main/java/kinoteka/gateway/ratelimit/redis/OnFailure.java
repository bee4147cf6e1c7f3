package kinoteka.gateway.ratelimit.redis;

/** What happens to requests while Redis does not respond. */
public enum OnFailure {
    /** Each gateway counts its requests by itself: a client may send as many as it may to one gateway, to each of them. */
    ALLOW,
    /** All requests are rejected with 503. */
    REJECT
}
