package kinoteka.gateway.streaming;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The memory of long bodies that are sent from memory in one write. Each occupies it until its client has received the last byte, however
 * slowly. When the limit is reached, the cache leaves long responses to the catalogue, whose streams are only read as fast as the client
 * reads. Thread-safe.
 */
@Component
public class LongBodies {

    /** In bytes. A longer body counts as long. */
    private static final int LONGEST_SHORT_BODY = 16 * 1024;

    /** In bytes. Netty copies the bodies that it sends to memory outside of the heap. */
    private static final long LIMIT = 64L * 1024 * 1024;

    private final ClientStreams streams;
    private final AtomicLong bytes = new AtomicLong();

    LongBodies(ClientStreams streams, PrometheusRegistry registry) {
        this.streams = streams;
        GaugeWithCallback.builder()
                .name("long_bodies_bytes")
                .help("Memory of long responses that are sent from memory, in bytes.")
                .callback(gauge -> gauge.call((double) bytes.get()))
                .register(registry);
    }

    /** Whether a body of this length counts as long. */
    public static boolean isLong(int length) {
        return length > LONGEST_SHORT_BODY;
    }

    /** Whether a body of this length may be sent from memory. Requests at the same moment may exceed the limit by their bodies. */
    public boolean hasRoom(int length) {
        return !isLong(length) || bytes.get() < LIMIT;
    }

    /** Returns the write of a body, which counts as a stream of its client if the body is long. */
    public Mono<Void> send(@Nullable InetSocketAddress client, int length, Mono<Void> write) {
        return isLong(length) ? streams.limit(client, hold(length, write)) : write;
    }

    /** Returns the write of a body whose client's limit of streams has been checked. */
    Mono<Void> hold(int length, Mono<Void> write) {
        return isLong(length)
                ? Mono.defer(() -> {
                    bytes.addAndGet(length);
                    return write.doFinally(end -> bytes.addAndGet(-length));
                })
                : write;
    }
}
