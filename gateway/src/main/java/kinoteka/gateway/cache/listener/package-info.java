/** Listens to {@code /api/changes} of the catalogue, and counts every change. */
@NullMarked
package kinoteka.gateway.cache.listener;

import org.jspecify.annotations.NullMarked;
