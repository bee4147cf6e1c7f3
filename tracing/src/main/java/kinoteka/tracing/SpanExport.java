package kinoteka.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to an OpenTelemetry collector: OTLP over HTTP, in batches, on a thread of its own. Spans wait for it in a bounded queue, so
 * that a collector that is slow or unavailable costs neither memory nor time of requests. Spans that cannot be sent are dropped and
 * counted. Thread-safe.
 */
public final class SpanExport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

    /** Spans that may wait, about a kilobyte each. */
    static final int QUEUE_LIMIT = 4_096;

    private static final int BATCH = 512;
    private static final long INTERVAL_MILLIS = 500;
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final URI endpoint;
    private final SpanExporter exporter;
    private final Resource resource;
    private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("span-export").daemon().unstarted(this::run);
    private final AtomicLong exported = new AtomicLong();
    private final AtomicLong queueFull = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private long lastLogged = System.nanoTime() - LOG_NANOS;

    /**
     * Begins to export.
     *
     * @param service the name of this service
     * @param endpoint the URL to which spans are posted
     */
    public SpanExport(String service, URI endpoint) {
        this.endpoint = endpoint;
        resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
        exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(SEND_TIMEOUT)
                .setConnectTimeout(SEND_TIMEOUT)
                .setRetryPolicy(null)
                .setMeterProvider(MeterProvider.noop())
                .build();
        thread.start();
    }

    /** Queues a span, unless the queue is full. Never blocks. */
    public void offer(Span span) {
        if (!queue.offer(span)) {
            queueFull.incrementAndGet();
        }
    }

    /** The number of spans that the collector has accepted. */
    public long exported() {
        return exported.get();
    }

    /** The number of spans that were dropped because the queue was full. */
    public long queueFull() {
        return queueFull.get();
    }

    /** The number of spans that were dropped because the collector did not accept them. */
    public long failed() {
        return failed.get();
    }

    /** Sends the spans that wait, within a time limit, and ends the export. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exporter.close();
    }

    private void run() {
        var batch = new ArrayList<Span>(BATCH);
        for (var isClosing = false; !isClosing; ) {
            isClosing = awaitSpans();
            while (queue.drainTo(batch, BATCH) > 0) {
                send(batch.stream().map(span -> span.toData(resource)).toList());
                batch.clear();
            }
        }
    }

    private boolean awaitSpans() {
        try {
            return closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nothing interrupts this thread
        }
    }

    private void send(List<SpanData> spans) {
        var result = exporter.export(spans).join(SEND_TIMEOUT.toMillis() + INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        if (result.isSuccess()) {
            exported.addAndGet(spans.size());
            return;
        }
        failed.addAndGet(spans.size());
        var now = System.nanoTime();
        if (now - lastLogged >= LOG_NANOS) {
            lastLogged = now;
            LOG.warn(
                    "The collector at {} does not accept spans: {}. For {} s, further failures are counted but not logged",
                    endpoint,
                    result.getFailureThrowable(),
                    TimeUnit.NANOSECONDS.toSeconds(LOG_NANOS));
        }
    }
}
