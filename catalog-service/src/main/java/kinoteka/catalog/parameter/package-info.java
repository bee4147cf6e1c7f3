/** Parameters in the path, the query and the headers: which ones an operation declares, and how strictly they are read. */
@NullMarked
package kinoteka.catalog.parameter;

import org.jspecify.annotations.NullMarked;
