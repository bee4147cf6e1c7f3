package kinoteka.gateway.connections;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each client ({@link ClientKey#ofSubscriber}) holds, such as connections or streams. Each successful {@link #acquire} must be followed by
 * exactly one {@link #release} of the same address. Thread-safe; the memory is proportional to the number of clients that hold something.
 */
public final class ClientCounts {

    private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more for this client, unless it would be more than the limit; then nothing is counted. */
    public boolean acquire(InetAddress address, int limit) {
        var client = ClientKey.ofSubscriber(address);
        if (counts.merge(client, 1, Integer::sum) > limit) {
            release(client);
            return false;
        }
        return true;
    }

    /** Counts one less for this client. */
    public void release(InetAddress address) {
        release(ClientKey.ofSubscriber(address));
    }

    private void release(long client) {
        counts.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Returns the number of clients that hold something. */
    public int clients() {
        return counts.size();
    }
}
