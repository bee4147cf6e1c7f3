package kinoteka.gateway.drain;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;

/**
 * Waits, before the servers stop taking connections, until load balancers have seen that they should send none.
 * Spring has declared this gateway unready by then.
 */
@Component
class Drain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final DrainSettings settings;
    private volatile boolean running;

    Drain(DrainSettings settings) {
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        if (settings.pause().isZero()) {
            stopped.run();
            return;
        }
        LOG.info("/ping answers 503 from now on; connections are taken for {} more", settings.pause());
        Schedulers.boundedElastic().schedule(stopped, settings.pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start is the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
