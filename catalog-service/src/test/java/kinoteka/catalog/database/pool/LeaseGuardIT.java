package kinoteka.catalog.database.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.database.UnpooledConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

@CatalogIT
@ExtendWith(OutputCaptureExtension.class)
class LeaseGuardIT {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void closesAConnectionThatIsHeldTooLongCountsItAndLogsItsStatement(
            @Autowired UnpooledConnections connections, CapturedOutput log) throws Exception {
        var pool = new ConnectionLeases(
                new PoolLimits(
                        "guardedPool", 1, 1, Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMinutes(1)),
                connections.named().apply("guarded"),
                use -> false,
                System::nanoTime);
        var retirement =
                new ConnectionRetirement(Duration.ofMinutes(1), Duration.ofMinutes(1), Clock.systemUTC(), () -> {});
        var guard = new LeaseGuard(List.of(pool), retirement, metrics);
        guard.start();
        try {
            StepVerifier.create(DatabaseClient.create(pool)
                            .sql("select pg_sleep(:seconds)")
                            .bind("seconds", 60)
                            .then())
                    .verifyError();

            assertThat(pool.metrics().acquiredSize()).isZero();
            assertThat(metrics.get("r2dbc.pool.closed.by.force")
                            .tag("name", "guardedPool")
                            .tag("reason", "timeout")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(log).contains("Closed a connection of guardedPool").contains("select pg_sleep(");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(RealPostgres.ask(
                            "select count(*) from pg_stat_activity where application_name = ?",
                            "kinoteka-catalogue-guarded"))
                    .as("backends that still work on the statement")
                    .isEqualTo("0"));
        } finally {
            guard.stop();
            pool.dispose();
        }
    }
}
