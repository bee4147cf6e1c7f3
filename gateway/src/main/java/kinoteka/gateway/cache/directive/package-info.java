/** The header fields of RFC 9111 (HTTP caching), RFC 9213 (targeted cache control) and conditional requests of RFC 9110. */
@NullMarked
package kinoteka.gateway.cache.directive;

import org.jspecify.annotations.NullMarked;
