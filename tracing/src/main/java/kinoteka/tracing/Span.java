package kinoteka.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span that has ended. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits
 * @param parentId the id of the parent span; null if it has none
 * @param name of low cardinality, for example the method and the endpoint
 * @param start nanoseconds since 1970
 * @param end nanoseconds since 1970
 */
public record Span(
        String traceId,
        String spanId,
        @Nullable String parentId,
        SpanKind kind,
        String name,
        long start,
        long end,
        boolean isError,
        Attributes attributes) {

    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("kinoteka");

    /** Returns what the exporter of OpenTelemetry needs. */
    SpanData toData(Resource resource) {
        return new Data(this, resource);
    }

    private record Data(Span span, Resource resource) implements SpanData {

        @Override
        public String getName() {
            return span.name;
        }

        @Override
        public SpanKind getKind() {
            return span.kind;
        }

        @Override
        public SpanContext getSpanContext() {
            return SpanContext.create(span.traceId, span.spanId, TraceFlags.getSampled(), TraceState.getDefault());
        }

        @Override
        public SpanContext getParentSpanContext() {
            return span.parentId == null
                    ? SpanContext.getInvalid()
                    : SpanContext.create(span.traceId, span.parentId, TraceFlags.getSampled(), TraceState.getDefault());
        }

        @Override
        public StatusData getStatus() {
            return span.isError ? StatusData.error() : StatusData.unset();
        }

        @Override
        public long getStartEpochNanos() {
            return span.start;
        }

        @Override
        public Attributes getAttributes() {
            return span.attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public List<LinkData> getLinks() {
            return List.of();
        }

        @Override
        public long getEndEpochNanos() {
            return span.end;
        }

        @Override
        public boolean hasEnded() {
            return true;
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public int getTotalRecordedLinks() {
            return 0;
        }

        @Override
        public int getTotalAttributeCount() {
            return span.attributes.size();
        }

        @Override
        @Deprecated
        @SuppressWarnings("deprecation") // the interface still requires it
        public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
            return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(SCOPE.getName(), null);
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return SCOPE;
        }

        @Override
        public Resource getResource() {
            return resource;
        }
    }
}
