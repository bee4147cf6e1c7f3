/**
 * The film library: one package for each thing the business names, and the few that serve them all.
 *
 * <ul>
 *   <li>{@code movie}, {@code staff}, {@code person}, {@code award}, {@code cinema}: what is in the library
 *   <li>{@code vocabulary}: the words it is described with
 *   <li>{@code customer}, {@code session}, {@code order}: who watches, what they watch, and where they bought it
 *   <li>{@code publication}, {@code comment}, {@code rating}: what they say of it
 *   <li>{@code summary}: the short form in which one resource refers to another
 *   <li>{@code security}: who sends a request and what they may do
 *   <li>{@code idempotency}: what must not happen twice
 *   <li>{@code changes}: what was created, changed and deleted, as it happens
 *   <li>{@code handler}: what is checked before a controller is called
 * <li>{@code listing}: lists page by page
 *   <li>{@code editing}: creating, updating and deleting resources
 *   <li>{@code body}: strict reading of requests
 *   <li>{@code representation}: resources as JSON, and their entity tags
 *   <li>{@code openapi}: the document that says all of this
 *   <li>{@code docs}: a page to try it from
 *   <li>{@code problem}: every failure as an answer
 *   <li>{@code database}: connections to the primary and to the replicas
 * </ul>
 */
@NullMarked
package kinoteka.catalog;

import org.jspecify.annotations.NullMarked;
