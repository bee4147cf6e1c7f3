/** The film library: one package for each thing the business names, and the few that serve them all. */
@NullMarked
package kinoteka.catalog;

import org.jspecify.annotations.NullMarked;
