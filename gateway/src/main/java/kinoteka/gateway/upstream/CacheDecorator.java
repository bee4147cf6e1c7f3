package kinoteka.gateway.upstream;

import java.util.function.UnaryOperator;

/** Makes calls answer from memory. There is none if the cache is disabled. */
public interface CacheDecorator extends UnaryOperator<Upstream> {}
