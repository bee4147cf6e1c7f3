package kinoteka.gateway.ratelimit.bucket;

/** Whether a request may proceed. */
public sealed interface Decision {

    /**
     * The request may proceed, and has been counted.
     *
     * @param requests tokens that are left for all requests: the smaller number if the request counts for an address and for a subject
     * @param grouped the same for requests of the request's group
     */
    record Allowed(long requests, long grouped) implements Decision {}

    /**
     * The request must be rejected, and has not been counted.
     *
     * @param key the bucket that was empty
     * @param nanos time until it has a token, in nanoseconds
     */
    record Rejected(BucketKey key, long nanos) implements Decision {}

    /** Requests cannot be counted, and must be rejected while they cannot. */
    enum Unavailable implements Decision {
        INSTANCE
    }
}
