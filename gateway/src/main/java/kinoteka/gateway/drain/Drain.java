package kinoteka.gateway.drain;

import java.util.concurrent.TimeUnit;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.settings.Live;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/**
 * Moves clients to other gateways before the servers stop. Spring fails readiness first, and with it {@code /ping}. From then on
 * responses close their connections, and during the pause load balancers notice that they should not send new requests. Only
 * then are idle connections closed and no more connections accepted.
 */
@Component
class Drain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Live<DrainSettings> settings;
    private final Connections connections;
    private volatile boolean running;

    Drain(Live<DrainSettings> settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    @EventListener
    void onReadiness(AvailabilityChangeEvent<ReadinessState> change) {
        connections.setDraining(change.getState() == ReadinessState.REFUSING_TRAFFIC);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        var pause = settings.get().pause();
        if (pause.isZero()) {
            finish(stopped);
            return;
        }
        LOG.info("/ping responds with 503 from now on; connections are accepted for another {}", pause);
        Schedulers.boundedElastic().schedule(() -> finish(stopped), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void finish(Runnable stopped) {
        connections.closeIdle();
        stopped.run();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last one to start is the first one to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
