/**
 * The gateway: one package for each stage of the processing of a request. {@link kinoteka.gateway.Stage} defines the order of the filters.
 *
 * <ol>
 *   <li>{@code connections}: limits the number of client connections, and closes them at shutdown
 *   <li>{@code transport} and {@code tls}: HTTP/1.1, HTTP/2 and TLS. Rejects requests that cannot be decoded or exceed limits
 *   <li>{@code request}: keeps a record of each request, from which {@code metrics} are updated, and {@code log} writes the
 *       access log, when the request has ended
 *   <li>{@code problem}: converts every failure into a response
 *   <li>{@code routing} finds the endpoint, {@code ratelimit} limits the requests of each client, and {@code routing} rejects what is not
 *       on the allow-list
 *   <li>{@code streaming}: limits the body of the request, calls the upstream, and sends its response to the client
 *   <li>{@code cache}: responds from memory, and makes one call for all requests that wait for the same response
 *   <li>{@code resilience}: retries, circuit breakers and concurrency limits of the calls
 *   <li>{@code upstream}: calls the catalogue; {@code upstream.instance} selects an instance; {@code upstream.netty} is the client
 * </ol>
 *
 * <p>{@code headers} defines which headers are forwarded. {@code pages} has the two endpoints that the gateway serves itself. {@code trace}
 * continues distributed traces, whose ids appear in problems, in metrics and in requests to the catalogue, and decides of which requests
 * {@code tracing} exports spans. {@code drain} is the graceful shutdown.
 */
@NullMarked
package kinoteka.gateway;

import org.jspecify.annotations.NullMarked;
