package kinoteka.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientKeyTest {

    @Test
    void distinguishesIpv4Addresses() {
        assertThat(key("192.0.2.1")).isEqualTo(0xc000_0201L).isNotEqualTo(key("192.0.2.2"));
    }

    @Test
    void isTheNetworkOf64BitsOfAnIpv6Address() {
        assertThat(key("2001:db8:1:2::1"))
                .isEqualTo(key("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(key("2001:db8:1:3::1"));
    }

    /** Linux reports an IPv4 client of an IPv6 socket in this way; all such clients would share one network otherwise. */
    @Test
    void ofAMappedAddressIsThatOfTheIpv4Address() throws UnknownHostException {
        var bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        System.arraycopy(InetAddress.ofLiteral("192.0.2.1").getAddress(), 0, bytes, 12, 4);

        assertThat(ClientKey.of(Inet6Address.getByAddress("client", bytes, -1))).isEqualTo(key("192.0.2.1"));
    }

    @Test
    void ofAnIpv6AddressThatOnlyResemblesAMappedOneIsItsNetwork() {
        assertThat(key("::fffe:c000:201")).isZero();
        assertThat(key("1::ffff:c000:201")).isEqualTo(key("1::"));
    }

    @Test
    void aSubscriberHas256Networks() throws UnknownHostException {
        assertThat(subscriber("2001:db8:1:ab00::1"))
                .isEqualTo(subscriber("2001:db8:1:abff::1"))
                .isNotEqualTo(subscriber("2001:db8:1:ac00::1"));
        assertThat(subscriber("192.0.2.1")).isEqualTo(key("192.0.2.1"));
    }

    private static long subscriber(String address) {
        return ClientKey.ofSubscriber(InetAddress.ofLiteral(address));
    }

    private static long key(String address) {
        return ClientKey.of(InetAddress.ofLiteral(address));
    }
}
