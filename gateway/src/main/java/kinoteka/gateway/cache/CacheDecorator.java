package kinoteka.gateway.cache;

import java.util.function.UnaryOperator;
import kinoteka.gateway.upstream.Upstream;

/** Makes calls answer from memory. There is none if the cache is disabled. */
public interface CacheDecorator extends UnaryOperator<Upstream> {}
