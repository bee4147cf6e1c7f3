package kinoteka.gateway.cache.store;

/**
 * Identifies a stored response (RFC 9111, 2 and 4.1).
 *
 * @param target path and query exactly as the client sent them, because the catalogue may treat two spellings differently
 * @param selected the values of the request headers that select the response
 */
public record CacheKey(String target, String selected) {}
