package kinoteka.gateway.metrics;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.netty.resources.LoopResources;

/**
 * The metrics of the event loops, which process all requests. A loop whose processor time grows by nearly a second each second is busy, and
 * delays all requests of its connections.
 */
@Component
class EventLoopMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<SingleThreadEventExecutor, Thread> threads = new ConcurrentHashMap<>();
    private final ThreadMXBean times = ManagementFactory.getThreadMXBean();

    EventLoopMetrics(ReactorResourceFactory server, PrometheusRegistry registry) {
        for (var loop : server.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE)) {
            recordThread(loop);
        }
        GaugeWithCallback.builder()
                .name("event_loop_pending_tasks")
                .help("Tasks that wait for the thread of this event loop.")
                .labelNames("loop")
                .callback(gauge -> threads.forEach((loop, thread) -> gauge.call(loop.pendingTasks(), thread.getName())))
                .register(registry);
        CounterWithCallback.builder()
                .name("event_loop_cpu_seconds_total")
                .help("Processor time of the thread of this event loop.")
                .labelNames("loop")
                .callback(counter -> threads.values()
                        .forEach(thread -> counter.call(
                                Math.max(0, times.getThreadCpuTime(thread.threadId())) / NANOS_PER_SECOND,
                                thread.getName())))
                .register(registry);
    }

    private void recordThread(EventExecutor executor) {
        if (executor instanceof SingleThreadEventExecutor loop) {
            loop.execute(() -> threads.put(loop, Thread.currentThread()));
        }
    }
}
