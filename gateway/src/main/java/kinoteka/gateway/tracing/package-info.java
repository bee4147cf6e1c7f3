/** Spans of requests, exported to an OpenTelemetry collector. Package {@code trace} decides of which requests they are recorded. */
@NullMarked
package kinoteka.gateway.tracing;

import org.jspecify.annotations.NullMarked;
