package kinoteka.gateway.connections;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses. Immutable. */
public final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Returns the network with this name.
     *
     * @param cidr an IPv4 or IPv6 address, a slash and the number of significant bits, for example {@code 198.18.0.0/15}
     */
    public static Network valueOf(String cidr) {
        var slash = cidr.indexOf('/');
        var prefix = slash < 0 ? null : NetUtil.createByteArrayFromIpAddressString(cidr.substring(0, slash));
        var length = cidr.substring(slash + 1);
        if (prefix == null || !length.matches("\\d{1,3}") || Integer.parseInt(length) > 8 * prefix.length) {
            throw new IllegalArgumentException("kinoteka.gateway.connections.unlimited-networks: " + cidr
                    + " (expected: an address, a slash and a number of bits, such as 198.18.0.0/15)");
        }
        return new Network(prefix, Integer.parseInt(length));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network network && bits == network.bits && Arrays.equals(prefix, network.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefix) + bits;
    }

    /** Whether the address is in this network. */
    public boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        var whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, prefix, 0, whole)) {
            return false;
        }
        var mask = 0xff00 >> (bits % 8);
        return (bits % 8 == 0) || (((bytes[whole] ^ prefix[whole]) & mask & 0xff) == 0);
    }
}
