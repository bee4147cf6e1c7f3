package kinoteka.gateway.connections;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Identifies the client with an address: one IPv4 address, or one IPv6 network. */
public final class ClientKey {

    private ClientKey() {}

    /**
     * Returns the number that identifies a client: for IPv6, the first 64 bits, because a subscriber has at least a network of that size.
     * An IPv4-mapped IPv6 address is an IPv4 address. Numbers of IPv4 addresses differ from those of IPv6 networks, because no IPv6
     * network that begins with 16 zero bits is assigned.
     */
    public static long of(InetAddress address) {
        if (address instanceof Inet4Address ipv4) {
            return NetUtil.ipv4AddressToInt(ipv4) & 0xffff_ffffL;
        }
        var bytes = address.getAddress();
        return isMapped(bytes) ? bits(bytes, 12, 16) : bits(bytes, 0, Long.BYTES);
    }

    /**
     * Returns the number that identifies a subscriber: for IPv6, the first 56 bits, which providers assign to a household (RIPE-690, 4.2).
     * It is for what clients hold, such as connections: there is a fixed number of them, and a client with 256 networks must not take all.
     */
    static long ofSubscriber(InetAddress address) {
        var client = of(address);
        return client >>> Integer.SIZE == 0 ? client : client & ~0xffL; // IPv4 addresses are shorter than 33 bits
    }

    /** Whether these are ten zero bytes, two bytes with the value 255, and an IPv4 address (RFC 4291, 2.5.5.2). */
    private static boolean isMapped(byte[] address) {
        return bits(address, 0, Long.BYTES) == 0 && bits(address, Long.BYTES, 12) == 0xffff;
    }

    private static long bits(byte[] bytes, int from, int to) {
        var bits = 0L;
        for (var i = from; i < to; i++) {
            bits = (bits << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return bits;
    }
}
