/**
 * The film library: a package for each kind of resource, and the packages that all of them share.
 *
 * <ul>
 *   <li>{@code movie}, {@code staff}, {@code person}, {@code award}, {@code cinema}: what is in the library
 *   <li>{@code vocabulary}: genres, positions, tags and other lists of titles
 *   <li>{@code customer}, {@code session}, {@code order}: customers, what they watch, and what they buy
 *   <li>{@code publication}, {@code comment}, {@code rating}: what customers write
 *   <li>{@code summary}: the short form in which one resource refers to another
 *   <li>{@code security}: who sends a request and what they may do
 *   <li>{@code password}: hashing of passwords
 *   <li>{@code client}: which client a request counts for, where each client has a limit
 *   <li>{@code idempotency}: retries of a request get the stored response
 *   <li>{@code changes}: the stream of events about created, updated and deleted resources
 *   <li>{@code handler}: the checks before a controller is called
 *   <li>{@code parameter}: strict reading of query parameters and path variables
 *   <li>{@code body}: strict reading of request bodies
 *   <li>{@code validation}: constraints of fields that Bean Validation does not have
 *   <li>{@code listing}: lists page by page
 *   <li>{@code editing}: creating, updating and deleting resources
 *   <li>{@code representation}: resources as JSON, and their entity tags
 *   <li>{@code openapi}: the OpenAPI document
 *   <li>{@code docs}: a page to try the API from
 *   <li>{@code problem}: failures as problem details, and in the log
 *   <li>{@code disconnect}: clients that close their connection
 *   <li>{@code tracing}: spans of requests and of their statements
 *   <li>{@code log}: limits on repeated lines of the log
 *   <li>{@code database}: connections to the primary and to the replicas
 * </ul>
 */
@NullMarked
package kinoteka.catalog;

import org.jspecify.annotations.NullMarked;
