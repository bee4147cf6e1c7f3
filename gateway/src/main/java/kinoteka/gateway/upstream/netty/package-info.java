/**
 * Calls an instance of the catalogue over pooled HTTP/1.1 connections, using Netty. A connection belongs to one event loop, and only that
 * event loop changes its state. A call first looks for a connection on the event loop of its client, so that a request is usually processed
 * by a single thread.
 */
@NullMarked
package kinoteka.gateway.upstream.netty;

import org.jspecify.annotations.NullMarked;
