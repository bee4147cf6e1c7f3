/**
 * The gateway: one package for each thing that a request passes on its way to the catalogue, in the order of {@link
 * kinoteka.gateway.Stage}.
 *
 * <ol>
 *   <li>{@code connections}: how many connections clients may have, and the end of all of them at shutdown
 *   <li>{@code transport} and {@code tls}: the sockets. HTTP/1.1 and HTTP/2, limits and deadlines; what cannot be decoded ends here
 *   <li>{@code request}: the record of each request, which ends once; {@code metrics} are written from it
 *   <li>{@code problem}: every failure becomes a response
 *   <li>{@code routing}: only what the allow-list names passes
 *   <li>{@code streaming}: limits the body of the request, calls the upstream, and sends the client its response
 *   <li>{@code upstream}: the port to the catalogue, {@code upstream.instance} whose turn it is, {@code upstream.netty} the connections
 * </ol>
 *
 * <p>{@code headers} says which headers are forwarded. {@code pages} are the two responses that the gateway makes itself. {@code trace} is
 * the request's place in a distributed trace, which problems, metrics and the catalogue all carry. {@code drain} is the end of the gateway.
 */
@NullMarked
package kinoteka.gateway;

import org.jspecify.annotations.NullMarked;
