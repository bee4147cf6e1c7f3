package kinoteka.gateway.connections;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.settings.Live;

/**
 * Counts the open connections, in total and per client. Each successful {@link #acquire} must be followed by exactly one
 * {@link #release} of the same address. Thread-safe.
 */
final class ConnectionLimits {

    private final Live<ConnectionSettings> settings;
    private final AtomicInteger total = new AtomicInteger();
    private final ClientCounts clients = new ClientCounts();

    ConnectionLimits(Live<ConnectionSettings> settings) {
        this.settings = settings;
    }

    /** Counts a connection from this address, unless a limit is reached; then nothing is counted. */
    Admission acquire(InetAddress address) {
        var limits = settings.get();
        var isUnlimited = limits.isUnlimited(address);
        if (!clients.acquire(address, isUnlimited ? Integer.MAX_VALUE : limits.clientLimit())) {
            return Admission.CLIENT_LIMIT_REACHED;
        }
        if (total.incrementAndGet() > limits.totalLimit() && !isUnlimited) {
            release(address);
            return Admission.TOTAL_LIMIT_REACHED;
        }
        return Admission.ADMITTED;
    }

    /** Removes a connection from the counts. */
    void release(InetAddress address) {
        total.decrementAndGet();
        clients.release(address);
    }

    /** Returns the number of connections that are open. */
    int total() {
        return total.get();
    }

    /** Returns the number of clients that have connections. */
    int clients() {
        return clients.clients();
    }

    /** Whether a connection is admitted, and if it is not, which limit is reached. */
    enum Admission {
        ADMITTED,
        CLIENT_LIMIT_REACHED,
        TOTAL_LIMIT_REACHED
    }
}
