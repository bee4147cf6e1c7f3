package kinoteka.gateway.console;

import java.time.Duration;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** A snapshot each second, for as long as somebody receives them. All receive the same. */
final class LiveSnapshots {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Flux<ServerSentEvent<String>> shared;

    LiveSnapshots(MetricsReader metrics, RecentRequests recent) {
        shared = Flux.defer(() -> {
                    var snapshots = new Snapshots(recent);
                    return Flux.interval(Duration.ZERO, INTERVAL, Schedulers.boundedElastic())
                            .onBackpressureDrop()
                            .map(tick -> snapshots.next(metrics.read(System.nanoTime()), System.currentTimeMillis()));
                })
                .map(snapshot -> ServerSentEvent.builder(JSON.writeValueAsString(snapshot))
                        .build())
                .share();
    }

    /** Returns the stream for one page. A page that does not keep up misses snapshots, and delays no other. */
    Flux<ServerSentEvent<String>> stream() {
        return shared.onBackpressureLatest();
    }
}
