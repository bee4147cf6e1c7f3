package kinoteka.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.255.0.1, true",
        "127.0.0.0/8, 128.0.0.1, false",
        "198.18.0.0/15, 198.19.255.255, true",
        "198.18.0.0/15, 198.20.0.0, false",
        "198.18.0.0/15, 198.17.255.255, false",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/32, 10.1.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::1/128, ::1, true",
        "::1/128, ::2, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void containsTheAddressesWithItsPrefix(String network, String address, boolean contained)
            throws UnknownHostException {
        assertThat(Network.valueOf(network).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.1", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8", "example.org/8", "::1/129"})
    void rejectsWhatIsNoNetwork(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.valueOf(network))
                .withMessageContaining(network + " (expected: an address, a slash");
    }
}
