/** What is measured in a run: the requests with their durations and outcomes, and the changes that were acknowledged. */
@NullMarked
package kinoteka.people.metrics;

import org.jspecify.annotations.NullMarked;
