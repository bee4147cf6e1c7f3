package kinoteka.gateway.cache.coalescing;

import org.jspecify.annotations.Nullable;

/**
 * What a request gets from a call that may be shared.
 *
 * @param result the result of the call; null if this request must call the catalogue itself, because too many others do or wait
 * @param isFirst whether this is the first one of the requests that waited
 */
public record Landing<R>(@Nullable R result, boolean isFirst) {}
