/**
 * Responses from memory: a shared cache according to RFC 9111, which {@code /api/changes} keeps coherent, and one call of the catalogue for
 * all requests that wait for the same response.
 *
 * <p>A hit leaves in {@link kinoteka.gateway.cache.CacheFilter}. {@link kinoteka.gateway.cache.CachingUpstream} stores responses, and counts
 * the changes that writes make. {@code cache.listener} counts all other changes.
 */
@NullMarked
package kinoteka.gateway.cache;

import org.jspecify.annotations.NullMarked;
