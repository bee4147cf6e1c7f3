package kinoteka.gateway.connections;

import static kinoteka.gateway.connections.ConnectionLimits.Admission.ADMITTED;
import static kinoteka.gateway.connections.ConnectionLimits.Admission.CLIENT_LIMIT_REACHED;
import static kinoteka.gateway.connections.ConnectionLimits.Admission.TOTAL_LIMIT_REACHED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import kinoteka.gateway.connections.ConnectionLimits.Admission;
import kinoteka.gateway.settings.Live;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ConnectionLimitsTest {

    private final ConnectionLimits limits = new ConnectionLimits(new Live<>(new ConnectionSettings(
            5,
            2,
            1,
            List.of(Network.valueOf("127.0.0.0/8")),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            DataSize.ofMegabytes(1))));

    @Test
    void limitsEachClient() {
        assertThat(acquire("203.0.113.1")).isEqualTo(ADMITTED);
        assertThat(acquire("203.0.113.1")).isEqualTo(ADMITTED);
        assertThat(acquire("203.0.113.1")).isEqualTo(CLIENT_LIMIT_REACHED);
        assertThat(acquire("203.0.113.2")).isEqualTo(ADMITTED);
    }

    @Test
    void countsAnIpv6NetworkOf56BitsAsOneClient() {
        assertThat(acquire("2001:db8:0:1::1")).isEqualTo(ADMITTED);
        assertThat(acquire("2001:db8:0:ff:ffff::2")).isEqualTo(ADMITTED);
        assertThat(acquire("2001:db8:0:1:2:3:4:5")).isEqualTo(CLIENT_LIMIT_REACHED);
        assertThat(acquire("2001:db8:0:100::1")).isEqualTo(ADMITTED);
    }

    @Test
    void limitsAllClientsTogether() {
        for (var client = 1; client <= 5; client++) {
            assertThat(acquire("203.0.113." + client)).isEqualTo(ADMITTED);
        }
        assertThat(acquire("203.0.113.6")).isEqualTo(TOTAL_LIMIT_REACHED);
        assertThat(limits.total()).isEqualTo(5);
        assertThat(limits.clients()).isEqualTo(5);
    }

    @Test
    void admitsUnlimitedNetworksWhenALimitIsReached() {
        for (var connection = 0; connection < 10; connection++) {
            assertThat(acquire("127.0.0.1")).isEqualTo(ADMITTED);
        }
        assertThat(limits.total()).isEqualTo(10);
        assertThat(acquire("203.0.113.6")).isEqualTo(TOTAL_LIMIT_REACHED);
    }

    @Test
    void admitsAgainWhatWasReleased() {
        acquire("203.0.113.1");
        acquire("203.0.113.1");
        limits.release(address("203.0.113.1"));

        assertThat(acquire("203.0.113.1")).isEqualTo(ADMITTED);
        assertThat(acquire("203.0.113.1")).isEqualTo(CLIENT_LIMIT_REACHED);
    }

    @Test
    void keepsNothingOfClientsWithoutConnections() {
        acquire("203.0.113.1");
        acquire("2001:db8::1");
        limits.release(address("203.0.113.1"));
        limits.release(address("2001:db8::1"));

        assertThat(limits.total()).isZero();
        assertThat(limits.clients()).isZero();
    }

    private Admission acquire(String address) {
        return limits.acquire(address(address));
    }

    private static InetAddress address(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
