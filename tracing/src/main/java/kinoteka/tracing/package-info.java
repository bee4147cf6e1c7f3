/** Spans of requests, and their export to an OpenTelemetry collector. */
@NullMarked
package kinoteka.tracing;

import org.jspecify.annotations.NullMarked;
