package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ListenerSlotsTest {

    private static final Client GATEWAY = new Client(Client.Kind.GATEWAY, "192.0.2.1");
    private static final Client SUBJECT = new Client(Client.Kind.AUTHENTICATED, "1");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ListenerSlots slots = new ListenerSlots(settings(), metrics);

    @Test
    void aClientHasAsManyAsItMayHaveAtATime() {
        acquire(address(1), 2);

        assertThatThrownBy(() -> slots.acquire(address(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The client has 2 open streams of changes, which is the maximum for one client.");
        slots.release(address(1));
        acquire(address(1), 1);
        assertThatThrownBy(() -> slots.acquire(address(1))).isInstanceOf(ProblemException.class);
    }

    @Test
    void clientsTogetherLeaveTheReservedSlotsToGateways() {
        acquire(address(1), 2);
        acquire(SUBJECT, 2);
        acquire(address(2), 1);

        assertThatThrownBy(() -> slots.acquire(address(3)))
                .hasMessage("The maximum of open streams of changes is reached.");
        acquire(GATEWAY, 3);
        assertThatThrownBy(() -> slots.acquire(GATEWAY))
                .hasMessage("The maximum of open streams of changes is reached.");
    }

    @Test
    void gatewaysMayTakeAllSlots() {
        acquire(GATEWAY, 8);

        assertThatThrownBy(() -> slots.acquire(address(1))).isInstanceOf(ProblemException.class);
        slots.release(GATEWAY);
        acquire(address(1), 1);
    }

    @Test
    void aRejectionTakesNoSlot() {
        acquire(address(1), 2);
        IntStream.range(0, 10).forEach(i -> assertThatThrownBy(() -> slots.acquire(address(1)))
                .isInstanceOf(ProblemException.class));

        assertThat(listeners("anonymous")).isEqualTo(2);
        acquire(address(2), 2);
        acquire(address(3), 1);
    }

    @Test
    void countsByKindAndForgetsClientsWithoutStreams() {
        acquire(address(1), 2);
        acquire(address(2), 1);
        acquire(SUBJECT, 1);
        acquire(GATEWAY, 1);
        assertThat(listeners("anonymous")).isEqualTo(3);
        assertThat(listeners("authenticated")).isEqualTo(1);
        assertThat(listeners("gateway")).isEqualTo(1);
        assertThat(clients()).isEqualTo(4);

        slots.release(address(1));
        assertThat(clients()).isEqualTo(4);
        slots.release(address(1));
        slots.release(GATEWAY);
        assertThat(listeners("anonymous")).isEqualTo(1);
        assertThat(listeners("gateway")).isZero();
        assertThat(clients()).isEqualTo(2);
    }

    @Test
    void countsRejectionsByKindAndLimit() {
        acquire(address(1), 2);
        assertThatThrownBy(() -> slots.acquire(address(1))).isInstanceOf(ProblemException.class);
        acquire(address(2), 2);
        acquire(address(3), 1);
        assertThatThrownBy(() -> slots.acquire(SUBJECT)).isInstanceOf(ProblemException.class);

        assertThat(rejected("anonymous", "client")).isEqualTo(1);
        assertThat(rejected("authenticated", "all")).isEqualTo(1);
    }

    private void acquire(Client client, int times) {
        IntStream.range(0, times).forEach(i -> slots.acquire(client));
    }

    private double listeners(String kind) {
        return metrics.get("changes.listeners").tag("client", kind).gauge().value();
    }

    private double clients() {
        return metrics.get("changes.clients").gauge().value();
    }

    private double rejected(String kind, String limit) {
        return metrics.get("changes.listeners.rejected")
                .tag("client", kind)
                .tag("limit", limit)
                .counter()
                .count();
    }

    private static Client address(int last) {
        return new Client(Client.Kind.ANONYMOUS, "203.0.113." + last);
    }

    private static ChangesSettings settings() {
        var second = Duration.ofSeconds(1);
        return new ChangesSettings(8, 5, 2, 10, 10, second, second, second);
    }
}
