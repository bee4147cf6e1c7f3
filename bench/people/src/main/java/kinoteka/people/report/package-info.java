/** What is shown of a run: a table to read at once, a page to look at. */
@NullMarked
package kinoteka.people.report;

import org.jspecify.annotations.NullMarked;
