/** Stored responses: under which key they are found, how long they may be used, and how much memory they take. */
@NullMarked
package kinoteka.gateway.cache.store;

import org.jspecify.annotations.NullMarked;
