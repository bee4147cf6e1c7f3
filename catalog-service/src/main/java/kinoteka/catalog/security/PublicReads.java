package kinoteka.catalog.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that everybody may call the handlers of a controller that only read: those for GET and HEAD, unless a parameter
 * declares something else. For controllers of which nothing is personal.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PublicReads {}
