package kinoteka.gateway.cache.store;

/**
 * Identifies a stored response (RFC 9111, 2 and 4.1).
 *
 * @param target path and query exactly as the client sent them, because the catalogue may treat two spellings differently
 * @param selected the values of the request headers that select the response
 */
public record CacheKey(String target, String selected) implements Comparable<CacheKey> {

    /** So that a table with many keys of one hash, which clients can make up, is searched in a tree and not in a list. */
    @Override
    public int compareTo(CacheKey other) {
        var byTarget = target.compareTo(other.target);
        return byTarget == 0 ? selected.compareTo(other.selected) : byTarget;
    }
}
