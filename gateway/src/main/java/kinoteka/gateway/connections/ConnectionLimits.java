package kinoteka.gateway.connections;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections, in total and per client. Each successful {@link #acquire} must be followed by exactly one
 * {@link #release} of the same address. Thread-safe; the memory is proportional to the number of clients with connections.
 */
final class ConnectionLimits {

    private final int totalLimit;
    private final int clientLimit;
    private final List<Network> unlimited;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<Long, Integer> clients = new ConcurrentHashMap<>();

    ConnectionLimits(ConnectionSettings settings) {
        this.totalLimit = settings.totalLimit();
        this.clientLimit = settings.clientLimit();
        this.unlimited =
                settings.unlimitedNetworks().stream().map(Network::parse).toList();
    }

    /** Counts a connection from this address, unless a limit is reached; then nothing is counted. */
    Admission acquire(InetAddress address) {
        var isUnlimited = isUnlimited(address);
        var ofClient = clients.merge(client(address), 1, Integer::sum);
        if (ofClient > clientLimit && !isUnlimited) {
            releaseClient(address);
            return Admission.CLIENT_LIMIT_REACHED;
        }
        if (total.incrementAndGet() > totalLimit && !isUnlimited) {
            release(address);
            return Admission.TOTAL_LIMIT_REACHED;
        }
        return Admission.ADMITTED;
    }

    /** Removes a connection from the counts. */
    void release(InetAddress address) {
        total.decrementAndGet();
        releaseClient(address);
    }

    /** Returns the number of connections that are open. */
    int total() {
        return total.get();
    }

    /** Returns the number of clients that have connections. */
    int clients() {
        return clients.size();
    }

    private void releaseClient(InetAddress address) {
        clients.computeIfPresent(client(address), (client, count) -> count == 1 ? null : count - 1);
    }

    private boolean isUnlimited(InetAddress address) {
        for (var network : unlimited) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the number under which the connections of this client are counted: for IPv6, the first 64 bits, because a
     * subscriber has at least a network of that size. Those of IPv4 addresses cannot be the same, because no IPv6 network
     * that begins with 16 zero bits is assigned.
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

    /** Whether a connection is admitted, and if it is not, which limit is reached. */
    enum Admission {
        ADMITTED,
        CLIENT_LIMIT_REACHED,
        TOTAL_LIMIT_REACHED
    }
}
