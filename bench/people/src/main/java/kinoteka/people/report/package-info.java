/** The reports of a run: lines and tables for the console, and an HTML page with charts. */
@NullMarked
package kinoteka.people.report;

import org.jspecify.annotations.NullMarked;
