/**
 * Fills an empty database with a generated library, which is the same every time.
 *
 * <ul>
 *   <li>{@code library}: the rows of each table
 *   <li>{@code words}: names, titles and texts
 *   <li>{@code rows}: how rows are computed and encoded
 *   <li>{@code load}: how a table is filled in one transaction
 *   <li>{@code progress}: the progress that is printed
 * </ul>
 */
@NullMarked
package kinoteka.seeder;

import org.jspecify.annotations.NullMarked;
