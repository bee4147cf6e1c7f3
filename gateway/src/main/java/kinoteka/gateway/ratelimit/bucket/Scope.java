package kinoteka.gateway.ratelimit.bucket;

import java.util.Locale;

/** Whose requests a bucket counts. */
public enum Scope {
    /** Those of one IPv4 address or one IPv6 network of 64 bits. */
    ADDRESS,
    /** Those with verified tokens of one subject, from any address. */
    SUBJECT,
    /** Those of all clients that share the bucket, because no more buckets could be created. */
    OVERFLOW;

    /** The value of the metric label {@code scope}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
