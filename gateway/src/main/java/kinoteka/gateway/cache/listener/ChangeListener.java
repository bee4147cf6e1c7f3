package kinoteka.gateway.cache.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Listens to the changes of one instance of the catalogue, for as long as the gateway runs. A stream that ends, fails or is silent is
 * replaced by another one, of any instance, which resumes after the last event.
 */
public final class ChangeListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);
    private static final int OK = 200;
    private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    /** Time from the start in which nothing is logged, because the catalogue may start at the same time. */
    private static final Duration START_TIME = Duration.ofSeconds(30);

    private final Upstream upstream;
    private final RequestHeaders headers;
    private final ChangeCounter counter;
    private final Supplier<Duration> silenceLimit;
    private final Counter connects;
    private volatile long lastReceived = System.nanoTime();
    private long silentUntil;
    private boolean isLogged;
    private Disposable listening = Disposables.disposed();

    /**
     * Creates a listener that is not running.
     *
     * @param silenceLimit time without anything from a stream, after which it is considered lost
     */
    public ChangeListener(
            Upstream upstream,
            RequestHeaders headers,
            Versions versions,
            Supplier<Duration> silenceLimit,
            PrometheusRegistry registry) {
        this.upstream = upstream;
        this.headers = headers;
        this.counter = new ChangeCounter(versions);
        this.silenceLimit = silenceLimit;
        this.connects = Counter.builder()
                .name("cache_stream_connects_total")
                .help("Streams of changes that were opened.")
                .register(registry);
        GaugeWithCallback.builder()
                .name("cache_caught_up")
                .help("1 while every change is received, otherwise 0. Nothing is served from memory then.")
                .callback(gauge -> gauge.call(versions.isCaughtUp() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("cache_stream_silence_seconds")
                .help("Time since something was received from the stream of changes.")
                .callback(gauge -> gauge.call((System.nanoTime() - lastReceived) / 1e9))
                .register(registry);
        CounterWithCallback.builder()
                .name("cache_stream_events_total")
                .help("Changes that the stream has reported.")
                .callback(events -> events.call((double) counter.events()))
                .register(registry);
    }

    @Override
    public synchronized void start() {
        silentUntil = System.nanoTime() + START_TIME.toNanos();
        listening = Flux.defer(this::listen)
                .doOnError(this::logLost)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_BACKOFF)
                        .maxBackoff(MAX_BACKOFF)
                        .transientErrors(true))
                .subscribe();
    }

    /** Emits something for each part of the stream, and never completes. */
    private Flux<Boolean> listen() {
        var stream = counter.begin();
        var parser = new EventParser(event -> {
            if (counter.on(stream, event)) {
                logCaughtUp();
            }
        });
        return upstream.call(request())
                .flatMapMany(this::body)
                .map(part -> {
                    lastReceived = System.nanoTime();
                    parser.parse(part);
                    return true;
                })
                .timeout(Mono.defer(this::silence), part -> silence())
                .concatWith(Mono.error(() -> new IOException("the stream has ended")))
                .doFinally(end -> counter.end(stream));
    }

    private Mono<Long> silence() {
        return Mono.delay(silenceLimit.get());
    }

    private Flux<ByteBuf> body(UpstreamResponse response) {
        if (response instanceof UpstreamResponse.Streamed streamed) {
            if (response.status() == OK) {
                connects.inc();
                return streamed.body();
            }
            streamed.discard().run();
        }
        return Flux.error(new IOException("status " + response.status() + " of " + response.instance()
                + " (expected: 200 and a stream of events)"));
    }

    private UpstreamRequest request() {
        var own = headers.own().set(HttpHeaderNames.ACCEPT, "text/event-stream");
        var last = counter.lastEventId();
        if (last != null) {
            own.set("Last-Event-ID", last);
        }
        return new UpstreamRequest(
                Endpoint.CHANGES,
                HttpMethod.GET,
                "/api/changes",
                own,
                UpstreamRequest.Body.NONE,
                PoolName.CHANGES,
                new CallRecord());
    }

    private synchronized void logCaughtUp() {
        silentUntil = System.nanoTime();
        if (isLogged) {
            LOG.info("Changes of the catalogue are received again; responses are served from memory");
            isLogged = false;
        }
    }

    private synchronized void logLost(Throwable failure) {
        if (!isLogged && System.nanoTime() - silentUntil >= 0) {
            LOG.warn(
                    "Changes of the catalogue are not received; nothing is served from memory until they are: {}",
                    failure.toString());
            isLogged = true;
        }
    }

    @Override
    public synchronized void stop() {
        listening.dispose();
    }

    @Override
    public synchronized boolean isRunning() {
        return !listening.isDisposed();
    }

    /** Starts before the servers, and stops after them, so that requests are served from memory until the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
