/**
 * The edge: one package for each thing a request meets on its way to the catalogue. In the order of {@link
 * kinoteka.gateway.Stage}:
 *
 * <ol>
 *   <li>{@code transport}: the socket. HTTP/1.1 and h2c, limits and deadlines; what cannot be decoded ends here
 *   <li>{@code metrics}: counts and times every request, whatever becomes of it
 *   <li>{@code problem}: turns every failure into an answer
 *   <li>{@code routing}: lets through only what the allow-list names
 *   <li>{@code streaming}: counts the bytes of the request's body; on the way back, passes the answer on as it comes
 *   <li>{@code upstream}: one bounded client per upstream; what can go wrong there, and what the client is told
 * </ol>
 *
 * <p>{@code pages} are the two answers the gateway gives itself; {@code trace} is the request's place in a
 * distributed trace, which problems, metrics and the upstream all carry.
 */
@NullMarked
package kinoteka.gateway;

import org.jspecify.annotations.NullMarked;
