/** Spans of requests and of their statements, exported to an OpenTelemetry collector. */
@NullMarked
package kinoteka.catalog.tracing;

import org.jspecify.annotations.NullMarked;
