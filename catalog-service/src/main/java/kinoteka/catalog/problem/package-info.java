/**
 * Problem details (RFC 9457) for every failed request.
 *
 * <p>Spring's own support ({@code spring.webflux.problemdetails.enabled}) is a controller advice: it does not see the failures of
 * web filters, such as invalid access tokens, nor of writing responses; and its {@code ProblemDetail} has no typed members for
 * trace ids and invalid fields, from which the schema of the API is generated. So one exception handler maps everything,
 * and takes statuses and headers from Spring's exceptions.
 */
@NullMarked
package kinoteka.catalog.problem;

import org.jspecify.annotations.NullMarked;
