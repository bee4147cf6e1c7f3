package kinoteka.gateway.trace;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kinoteka.gateway.settings.Live;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Decides of which requests spans are recorded. The decision does not depend on the trace id, which clients choose, and on their sampled
 * flag only up to a rate. The catalogue follows the decision, because it receives it as the sampled flag. Thread-safe.
 */
@Component
public final class TraceSampler {

    private final boolean isEnabled;
    private final Supplier<TracingSettings> settings;
    private final DoubleSupplier random;
    private final LongSupplier nanoClock;
    private final AtomicLong nextOfClients;

    @Autowired
    TraceSampler(Live<TracingSettings> settings) {
        this(settings::get, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
    }

    /**
     * Creates a sampler.
     *
     * @param random numbers from 0 (inclusive) to 1 (exclusive)
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    TraceSampler(Supplier<TracingSettings> settings, DoubleSupplier random, LongSupplier nanoClock) {
        this.isEnabled = settings.get().endpoint() != null;
        this.settings = settings;
        this.random = random;
        this.nanoClock = nanoClock;
        this.nextOfClients = new AtomicLong(nanoClock.getAsLong());
    }

    /** Makes the decision part of the trace of this exchange, and returns that trace. */
    public Trace decide(ServerWebExchange exchange) {
        var trace = Trace.of(exchange);
        if (!isEnabled) {
            return trace;
        }
        var decided = decide(trace);
        decided.assignTo(exchange);
        return decided;
    }

    /** Returns a trace with the decision; the same one without export of spans. */
    public Trace decide(Trace trace) {
        if (!isEnabled) {
            return trace;
        }
        var current = settings.get();
        return trace.withDecision(random.getAsDouble() < current.probability()
                || (trace.isSampledByClient() && isWithinRateOfClients(current.clientMaxRate())));
    }

    private boolean isWithinRateOfClients(int clientMaxRate) {
        if (clientMaxRate == 0) {
            return false;
        }
        var now = nanoClock.getAsLong();
        var next = nextOfClients.get();
        return next - now <= 0 && nextOfClients.compareAndSet(next, now + TimeUnit.SECONDS.toNanos(1) / clientMaxRate);
    }
}
