package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import kinoteka.gateway.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@GatewayTest
class LostStreamIT extends CacheIntegration {

    LostStreamIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        super(port, operatorsPort);
    }

    @AfterEach
    void listenAgain() {
        CHANGES.catchUp();
    }

    @Test
    void nothingIsServedFromMemoryWhileTheStreamIsLost() throws IOException {
        get(film);
        CHANGES.lose();
        awaitCaughtUp(0);

        assertThat(status(get(film))).isEqualTo("fwd=bypass; detail=not-listening");
        assertThat(get(film, "Cache-Control", "only-if-cached").status()).isEqualTo(504);
    }

    @Test
    void aStreamThatResumesLosesNothing() throws IOException {
        get(film);
        get("/api/movie/1000" + id);
        CHANGES.lose();
        awaitCaughtUp(0);

        await().untilAsserted(() -> assertThat(CHANGES.lastEventIds().getLast()).startsWith("test-"));
        CHANGES.catchUp();
        CHANGES.send("changed", "{\"kind\":\"movie\",\"id\":1000" + id + "}");
        CHANGES.send("caught_up", "{}");
        awaitCaughtUp(1);

        assertThat(status(get(film))).isEqualTo("hit");
        assertThat(status(get("/api/movie/1000" + id))).startsWith("fwd=stale");
    }

    @Test
    void aStreamWithoutHeartbeatsIsLost() throws IOException {
        get(film);
        var streams = CHANGES.lastEventIds().size();

        CHANGES.fallSilent();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> CHANGES.lastEventIds().size() > streams);
        awaitCaughtUp(0);

        assertThat(status(get(film))).isEqualTo("fwd=bypass; detail=not-listening");
    }

    @Test
    void aStreamThatIsCutOffIsOpenedAgain() {
        var streams = CHANGES.lastEventIds().size();

        CHANGES.send("cut_off", "{\"reason\":\"slow\"}");

        await().until(() -> CHANGES.lastEventIds().size() > streams);
        await().until(() -> CHANGES.open() == 1);
    }

    @Test
    void missedChangesMakeEverythingInvalid() throws IOException {
        get(film);
        CHANGES.send("missed", "{\"reason\":\"x\"}");
        awaitCaughtUp(0);
        CHANGES.send("caught_up", "{}");
        awaitCaughtUp(1);

        assertThat(status(get(film))).startsWith("fwd=stale");
    }
}
