package kinoteka.catalog.database.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServersTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private long now;
    private final Server first = server("first");
    private final Server second = server("second");
    private final Servers servers = new Servers(List.of(first, second), INTERVAL, Duration.ofSeconds(5), () -> now);

    @Test
    void aServerThatHasNotRepliedForThreeIntervalsIsNotThePrimaryAndItsConnectionsAreLost() {
        isPrimary(first, 1);
        elapse(Duration.ofMillis(2999));
        assertThat(servers.primary()).contains(first);
        assertThat(servers.isLost(first)).isFalse();

        elapse(Duration.ofMillis(1));
        assertThat(servers.primary()).isEmpty();
        assertThat(servers.isLost(first)).isTrue();
    }

    @Test
    void aFormerPrimaryIsNotBelievedAgainAlsoWhileTheNewOneDoesNotReply() {
        isPrimary(first, 1);
        isPrimary(second, 2);
        assertThat(servers.primary()).contains(second);
        assertThat(servers.isLost(first)).isTrue();

        elapse(Duration.ofSeconds(10));
        isPrimary(first, 1);
        assertThat(servers.primary()).isEmpty();
    }

    @Test
    void aClusterThatWasCreatedAgainIsAcceptedAfterAMinute() {
        isPrimary(first, 7);
        elapse(Duration.ofSeconds(61));
        isPrimary(second, 1);

        assertThat(servers.primary()).contains(second);
    }

    @Test
    void aReplicaIsReadableWhileItRepliesAndContainsWhatThePrimaryHadRecently() {
        isPrimary(first, 1);
        isReplica(second, 100);
        assertThat(servers.replica()).contains(second);
        assertThat(servers.haveReplayed(new LogPosition(100))).isTrue();
        assertThat(servers.haveReplayed(new LogPosition(101))).isFalse();

        isReplica(second, 99);
        assertThat(servers.replica()).isEmpty();
        assertThat(servers.haveReplayed(new LogPosition(1)))
                .as("the replica may become readable before it is asked")
                .isFalse();
    }

    private void isPrimary(Server server, long timeline) {
        check(server, new ServerState(true, timeline, new LogPosition(100), now));
    }

    private void isReplica(Server server, long replayed) {
        check(server, new ServerState(false, 0, new LogPosition(replayed), now));
    }

    private void check(Server server, ServerState state) {
        server.remember(state);
        servers.onChecked(state);
    }

    private void elapse(Duration time) {
        now += time.toNanos();
    }

    private static Server server(String name) {
        return new Server(name, ConnectionFactories.get("r2dbc:postgresql://user@localhost:1/none"));
    }
}
