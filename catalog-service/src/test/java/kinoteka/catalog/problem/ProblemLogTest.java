package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import kinoteka.catalog.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class ProblemLogTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final MockClock clock = new MockClock();
    private final ProblemLog log = new ProblemLog(clock);
    private LogLines lines;

    @BeforeEach
    void listen() {
        lines = LogLines.of(ProblemLog.class.getName(), Level.DEBUG);
    }

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void writesATraceIdAtTheLevelOfTheStatus() {
        add(Problem.PARAMETER_INVALID, "/api/movie");
        add(Problem.DATABASE_UNAVAILABLE, "/api/movie/1");
        add(Problem.INTERNAL, "/api/movie/2");

        assertThat(lines.messages())
                .containsExactly(
                        "DEBUG 400 /problems/parameter-invalid, GET /api/movie, trace " + TRACE + ": Because.",
                        "WARN 503 /problems/database-unavailable, GET /api/movie/1, trace " + TRACE + ": Because.",
                        "ERROR 500 /problems/internal, GET /api/movie/2, trace " + TRACE + ": Because.");
    }

    @Test
    void namesTheRootOfTheFailure() {
        var failure = new IllegalStateException("outside", new IllegalArgumentException("inside"));
        add(Problem.DATABASE_UNAVAILABLE, "/", failure);

        assertThat(lines.messages())
                .singleElement()
                .asString()
                .endsWith(": Because. (java.lang.IllegalArgumentException: inside)");
    }

    @Test
    void writesAStackTraceOfFaultsOnly() {
        var failure = new IllegalStateException("broken");
        add(Problem.PARAMETER_INVALID, "/", failure);
        add(Problem.DATABASE_UNAVAILABLE, "/", failure);
        assertThat(lines.all()).allMatch(line -> line.getThrowableProxy() == null);

        add(Problem.INTERNAL, "/", failure);
        assertThat(lines.all().getLast().getThrowableProxy().getMessage()).isEqualTo("broken");
    }

    @Test
    void boundsTheStackTracesMoreThanTheLines() {
        for (int i = 0; i < 200; i++) {
            add(Problem.INTERNAL, "/", new IllegalStateException("broken"));
        }
        assertThat(lines.all()).hasSize(100);
        assertThat(lines.all().stream().filter(line -> line.getThrowableProxy() != null))
                .hasSize(5);

        clock.add(Duration.ofSeconds(10));
        add(Problem.INTERNAL, "/", new IllegalStateException("broken"));
        assertThat(lines.all().getLast().getThrowableProxy()).isNotNull();
    }

    @Test
    void boundsTheLinesOfEachTypeByItself() {
        for (int i = 0; i < 150; i++) {
            add(Problem.PARAMETER_INVALID, "/");
        }
        add(Problem.DATABASE_UNAVAILABLE, "/");
        assertThat(lines.all()).hasSize(101);

        clock.add(Duration.ofMillis(100));
        add(Problem.PARAMETER_INVALID, "/");
        add(Problem.PARAMETER_INVALID, "/");
        assertThat(lines.all()).hasSize(102);
    }

    @Test
    void sumsUpTheLinesThatWereSuppressed() {
        for (int i = 0; i < 107; i++) {
            add(Problem.DATABASE_UNAVAILABLE, "/");
        }
        log.summarize();
        log.summarize();

        assertThat(lines.messages().subList(100, lines.messages().size()))
                .containsExactly("WARN 503 /problems/database-unavailable: 7 more responses since the last summary,"
                        + " which are not logged one by one");
    }

    @Test
    void sumsUpEveryTenSecondsAndAtTheEnd() {
        var time = VirtualTimeScheduler.getOrSet();
        try {
            log.start();
            assertThat(log.isRunning()).isTrue();
            for (int i = 0; i < 101; i++) {
                add(Problem.OVERLOADED, "/");
            }
            time.advanceTimeBy(Duration.ofMillis(9_999));
            assertThat(lines.messages()).hasSize(100);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(lines.messages()).hasSize(101);
            time.advanceTimeBy(Duration.ofSeconds(10));
            assertThat(lines.messages()).hasSize(101);

            add(Problem.OVERLOADED, "/");
            log.stop();
            assertThat(log.isRunning()).isFalse();
            assertThat(lines.messages()).hasSize(102);

            add(Problem.OVERLOADED, "/");
            time.advanceTimeBy(Duration.ofSeconds(10));
            assertThat(lines.messages()).hasSize(102);
        } finally {
            VirtualTimeScheduler.reset();
            Schedulers.resetFactory();
        }
    }

    @Test
    void doesNotCountLinesThatTheLevelHides() {
        lines.close();
        lines = LogLines.of(ProblemLog.class.getName(), Level.INFO);
        for (int i = 0; i < 200; i++) {
            add(Problem.PARAMETER_INVALID, "/");
        }
        lines.close();
        lines = LogLines.of(ProblemLog.class.getName(), Level.DEBUG);
        log.summarize();
        add(Problem.PARAMETER_INVALID, "/");

        assertThat(lines.messages()).hasSize(1);
    }

    @Test
    void letsNobodyForgeOrFloodLines() {
        var failure = new IllegalStateException("a\r\n2026 INFO forged\u0000\u001b[31m" + "x".repeat(1000));
        add(Problem.DATABASE_UNAVAILABLE, "/" + "a".repeat(1000), failure);

        assertThat(lines.messages())
                .singleElement()
                .asString()
                .doesNotContainPattern("\\p{Cntrl}")
                .hasSizeLessThan(900)
                .contains("a 2026 INFO forged [31m");
    }

    private void add(Problem problem, String path) {
        var exception = problem.exception("Because.");
        log.add(MockServerHttpRequest.get(path).build(), exception, TRACE, exception);
    }

    private void add(Problem problem, String path, Throwable failure) {
        log.add(MockServerHttpRequest.get(path).build(), problem.exception("Because."), TRACE, failure);
    }
}
