package kinoteka.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class AccessLogTest {

    private static final RequestOrigin ORIGIN = new RequestOrigin("HTTP/1.1", null);
    private static final Trace TRACE = Trace.from(List.of());

    @TempDir
    private Path folder;

    private final PrometheusRegistry registry = new PrometheusRegistry();

    /** The queue and the pipe hold less than 10,000 lines, and less than the rate allows. */
    @Test
    void countsTheLinesThatDoNotFitIntoTheQueueAndTheNextLineStandsForThem() throws Exception {
        var pipe = BlockedLogIT.createPipe(folder);
        try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            var log = log(pipe, 50_000);
            log.start();
            var requests = 10_000;
            for (var i = 0; i < requests; i++) {
                end(log);
            }
            var dropped = dropped("queue_full");
            assertThat(dropped).isPositive();

            var sum = 0L;
            for (var line = 0; line < requests - dropped; line++) {
                sum += requestsOf(reader.readLine());
            }
            end(log);
            sum += requestsOf(reader.readLine());
            assertThat(sum).isEqualTo(requests + 1);
            log.stop();
        }
    }

    @Test
    void aFloodOfRejectionsDoesNotDisplaceServerErrors() {
        var log = log(Path.of("/dev/null"), 1);
        log.start();
        for (var i = 0; i < 100; i++) {
            end(log);
        }
        var before = dropped("sampled");
        records(log).rejected("", "", ORIGIN, TRACE, Problem.INTERNAL);

        assertThat(before).isPositive();
        assertThat(dropped("sampled")).isEqualTo(before);
        log.stop();
    }

    /** Every client can cause them. */
    @ParameterizedTest
    @EnumSource(
            value = Problem.class,
            names = {"NOT_CACHED", "HTTP_VERSION_NOT_SUPPORTED"})
    void aServerErrorForWhichTheRequestIsTheReasonIsARejection(Problem problem) {
        var log = log(Path.of("/dev/null"), 1);
        log.start();
        for (var i = 0; i < 100; i++) {
            records(log).rejected("", "", ORIGIN, TRACE, problem);
        }
        var before = dropped("sampled");
        records(log).rejected("", "", ORIGIN, TRACE, Problem.INTERNAL);

        assertThat(before).isPositive();
        assertThat(dropped("sampled")).isEqualTo(before);
        log.stop();
    }

    private AccessLog log(Path file, int maxRate) {
        return new AccessLog(new Live<>(new AccessLogSettings(true, file, LineFormat.TEXT, maxRate)), registry);
    }

    private static void end(AccessLog log) {
        records(log).rejected("", "", ORIGIN, TRACE, Problem.ROUTE_UNKNOWN);
    }

    private static RequestRecords records(AccessLog log) {
        return new RequestRecords(List.of(log), new AtomicLong()::incrementAndGet);
    }

    private static long requestsOf(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf('=') + 1));
    }

    private long dropped(String reason) {
        var counter =
                (CounterSnapshot) registry.scrape("access_log_dropped"::equals).get(0);
        return counter.getDataPoints().stream()
                .filter(point -> point.getLabels().equals(Labels.of("reason", reason)))
                .mapToLong(point -> (long) point.getValue())
                .sum();
    }
}
