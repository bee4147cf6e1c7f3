package kinoteka.collector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Receives spans by OTLP over HTTP, as a collector does. */
public final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** Responds with this status from now on, and keeps no spans unless it is 200. */
    public void respondWith(int newStatus) {
        status = newStatus;
    }

    /** The spans that were received so far. */
    public List<Received> spans() {
        return spans;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            if (status == 200) {
                for (var resource : request.getResourceSpansList()) {
                    var service = resource.getResource().getAttributesList().stream()
                            .filter(attribute -> attribute.getKey().equals("service.name"))
                            .findFirst()
                            .orElseThrow()
                            .getValue()
                            .getStringValue();
                    resource.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .forEach(span -> spans.add(Received.of(service, span)));
                }
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * A span as it was received.
     *
     * @param parentId empty if it has no parent
     * @param kind as in the protocol, for example {@code SPAN_KIND_SERVER}
     * @param nanos its duration
     */
    public record Received(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String kind,
            String name,
            long start,
            long nanos,
            boolean isError,
            Map<String, String> attributes) {

        static Received of(String service, Span span) {
            var hex = HexFormat.of();
            var attributes = new LinkedHashMap<String, String>();
            for (var attribute : span.getAttributesList()) {
                var value = attribute.getValue();
                attributes.put(
                        attribute.getKey(),
                        value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue());
            }
            return new Received(
                    service,
                    hex.formatHex(span.getTraceId().toByteArray()),
                    hex.formatHex(span.getSpanId().toByteArray()),
                    hex.formatHex(span.getParentSpanId().toByteArray()),
                    span.getKind().name(),
                    span.getName(),
                    span.getStartTimeUnixNano(),
                    span.getEndTimeUnixNano() - span.getStartTimeUnixNano(),
                    span.getStatus().getCodeValue()
                            == io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR_VALUE,
                    attributes);
        }
    }
}
