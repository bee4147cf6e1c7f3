/**
 * The film library: one package for each thing the business names, and the few that serve them all.
 *
 * <ul>
 *   <li>{@code movie}, {@code customer}, {@code session}: what is in the library, who watches, and what they watch
 *   <li>{@code listing}: lists page by page
 *   <li>{@code representation}: how all of it is written, and which version a client holds
 *   <li>{@code problem}: every failure as an answer
 *   <li>{@code database}: the primary, the replicas, the migrations
 *   <li>{@code seed}: a made-up library of any size
 * </ul>
 */
@NullMarked
package kinoteka.catalog;

import org.jspecify.annotations.NullMarked;
