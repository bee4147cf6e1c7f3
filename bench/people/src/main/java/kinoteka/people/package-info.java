/**
 * A load generator that simulates users of the library. {@code scenario} runs the scenarios, {@code testdata} holds the users
 * and the data that the scenarios choose from, {@code api} sends the requests, {@code metrics} records their results,
 * {@code rules} checks the library's data after the run, and {@code report} writes the reports.
 */
@NullMarked
package kinoteka.people;

import org.jspecify.annotations.NullMarked;
