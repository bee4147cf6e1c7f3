/** Strict reading of request parameters and JSON bodies, and JSON Merge Patch. */
@NullMarked
package kinoteka.catalog.body;

import org.jspecify.annotations.NullMarked;
