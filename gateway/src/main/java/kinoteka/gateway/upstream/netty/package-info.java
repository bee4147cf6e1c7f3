/**
 * Calls one instance of the catalogue over pooled HTTP/1.1 connections, on Netty. A connection belongs to one event loop, where all that
 * changes its state happens; a call finds a connection of its client's event loop first, so that a request usually changes no thread.
 */
@NullMarked
package kinoteka.gateway.upstream.netty;

import org.jspecify.annotations.NullMarked;
