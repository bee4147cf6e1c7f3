package kinoteka.gateway.log;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kinoteka.gateway.request.RequestListener;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Queues a line for each request that has ended, unless it is sampled. What does not fit into the queue is dropped and counted. */
@Component
@ConditionalOnBooleanProperty(name = "kinoteka.gateway.access-log.enabled", matchIfMissing = true)
class AccessLog implements RequestListener, SmartLifecycle {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final Live<AccessLogSettings> settings;
    private final Clock clock = Clock.systemUTC();
    private final Sampling errors;
    private final Sampling rejections;
    private final Sampling others;

    /** They have no rate limit, and must not displace other requests. */
    private final Sampling pings;

    private final CounterDataPoint written;
    private final CounterDataPoint sampled;
    private final CounterDataPoint queueFull;
    private final CounterDataPoint writeFailed;
    private volatile @Nullable LineWriter writer;

    AccessLog(Live<AccessLogSettings> settings, PrometheusRegistry registry) {
        this.settings = settings;
        var maxRate = settings.get().maxRate();
        errors = new Sampling(maxRate, System::nanoTime);
        rejections = new Sampling(maxRate, System::nanoTime);
        others = new Sampling(maxRate, System::nanoTime);
        pings = new Sampling(maxRate, System::nanoTime);
        settings.onChange(changed ->
                List.of(errors, rejections, others, pings).forEach(sampling -> sampling.setMaxRate(changed.maxRate())));
        written = Counter.builder()
                .name("access_log_lines_total")
                .help("Lines written to the access log.")
                .register(registry);
        var dropped = Counter.builder()
                .name("access_log_dropped_total")
                .help("Requests without a line of their own in the access log.")
                .labelNames("reason")
                .register(registry);
        sampled = dropped.labelValues("sampled");
        queueFull = dropped.labelValues("queue_full");
        writeFailed = dropped.labelValues("write_failed");
    }

    @Override
    public void onRequestEnded(RequestRecord request) {
        var current = writer;
        if (current == null) {
            return;
        }
        var sampling = sampling(request);
        var requests = sampling.requests();
        if (requests == Sampling.NO_LINE) {
            sampled.inc();
        } else if (!current.offer(AccessLine.of(request, clock.millis(), requests))) {
            sampling.dropped(requests);
            queueFull.inc();
        }
    }

    private Sampling sampling(RequestRecord request) {
        if (request.endpoint() == Endpoint.PING) {
            return pings;
        }
        if (request.isFailed()) {
            return errors;
        }
        return request.problem() == null ? others : rejections;
    }

    @Override
    public void start() {
        var file = settings.get().file();
        var output = file == null ? Output.console() : open(file);
        var started = new LineWriter(output, () -> settings.get().format(), written::inc, writeFailed::inc);
        started.start();
        writer = started;
    }

    /** Opens the file in a thread of its own, because a named pipe without a reader would block the start. */
    private static Output open(Path file) {
        var opening = new FutureTask<Output>(() -> LogFile.at(file));
        Thread.ofPlatform().name("access-log-open").daemon().start(opening);
        try {
            return opening.get(OPEN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnusableLogFile(file, reason(e.getCause()));
        } catch (TimeoutException e) {
            throw new UnusableLogFile(
                    file, "not opened within " + OPEN_TIMEOUT.toSeconds() + " s; a named pipe needs a reader");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableLogFile(file, "interrupted");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof NoSuchFileException ? "no such folder" : String.valueOf(cause);
    }

    @Override
    public void stop() {
        var stopped = writer;
        if (stopped != null) {
            writer = null;
            stopped.stop(STOP_TIMEOUT);
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    /** The log starts before the servers, and stops after the last request has ended. */
    @Override
    public int getPhase() {
        return 0;
    }
}
