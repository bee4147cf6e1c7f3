package kinoteka.gateway.connections;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each client holds, such as connections or streams. A client is an IPv4 address or an IPv6 network of 64 bits. Each successful {@link #acquire}
 * must be followed by exactly one {@link #release} of the same address. Thread-safe; the memory is proportional to the number of clients
 * that hold something.
 */
public final class ClientCounts {

    private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more for this client, unless it would be more than the limit; then nothing is counted. */
    public boolean acquire(InetAddress address, int limit) {
        var client = client(address);
        if (counts.merge(client, 1, Integer::sum) > limit) {
            release(client);
            return false;
        }
        return true;
    }

    /** Counts one less for this client. */
    public void release(InetAddress address) {
        release(client(address));
    }

    private void release(long client) {
        counts.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Returns the number of clients that hold something. */
    public int clients() {
        return counts.size();
    }

    /**
     * Returns the number under which this client is counted: for IPv6, the first 64 bits, because a subscriber has at least a network
     * of that size. Those of IPv4 addresses cannot be the same, because no IPv6 network that begins with 16 zero bits is
     * assigned.
     */
    private static long client(InetAddress address) {
        if (address instanceof Inet4Address ipv4) {
            return NetUtil.ipv4AddressToInt(ipv4) & 0xffff_ffffL;
        }
        var bytes = address.getAddress();
        var network = 0L;
        for (var i = 0; i < Long.BYTES; i++) {
            network = (network << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return network;
    }
}
