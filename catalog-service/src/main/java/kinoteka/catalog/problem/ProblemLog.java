package kinoteka.catalog.problem;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kinoteka.catalog.log.LineBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Writes every problem that is reported to a client into the log, with its trace id: a fault of the service at level error,
 * other problems with a status of 5xx at level warn, and problems that the client caused at level debug. Each type of problem
 * has a budget of lines; the lines over the budget are counted and reported in a summary.
 */
@Component
class ProblemLog implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

    private static final int BURST = 100;
    private static final Duration LINE_INTERVAL = Duration.ofMillis(100);
    private static final int STACK_TRACE_BURST = 5;
    private static final Duration STACK_TRACE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(10);
    private static final int LONGEST_TEXT = 300;

    private final Map<Problem, LineBudget> lines = new EnumMap<>(Problem.class);
    private final LineBudget stackTraces;
    private Disposable summaries = Disposables.disposed();

    ProblemLog(Clock clock) {
        for (var problem : Problem.values()) {
            lines.put(problem, new LineBudget(BURST, LINE_INTERVAL, clock::monotonicTime));
        }
        this.stackTraces = new LineBudget(STACK_TRACE_BURST, STACK_TRACE_INTERVAL, clock::monotonicTime);
    }

    /**
     * Writes a line about one response.
     *
     * @param failure the exception that was mapped to the problem
     */
    void add(ServerHttpRequest request, ProblemException exception, String traceId, Throwable failure) {
        var problem = exception.problem();
        var level = level(problem);
        if (!LOG.isEnabledForLevel(level) || !requireNonNull(lines.get(problem)).trySpend()) {
            return;
        }
        var line = LOG.atLevel(level).addKeyValue("trace_id", traceId);
        if (problem == Problem.INTERNAL && stackTraces.trySpend()) {
            line = line.setCause(failure);
        }
        line.log(
                "{} {}, {} {}, trace {}: {}{}",
                problem.status().value(),
                problem.type(),
                request.getMethod(),
                printable(request.getPath().value()),
                traceId,
                exception.detail(),
                failure == exception ? "" : " (" + printable(root(failure).toString()) + ")");
    }

    /** Reports the lines that were suppressed since the last summary. */
    void summarize() {
        lines.forEach((problem, budget) -> {
            var suppressed = budget.takeSuppressed();
            if (suppressed > 0) {
                LOG.atLevel(level(problem))
                        .log(
                                "{} {}: {} more responses since the last summary, which are not logged one by one",
                                problem.status().value(),
                                problem.type(),
                                suppressed);
            }
        });
    }

    @Override
    public synchronized void start() {
        var interval = SUMMARY_INTERVAL.toSeconds();
        summaries = Schedulers.parallel().schedulePeriodically(this::summarize, interval, interval, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        summaries.dispose();
        summaries = Disposables.disposed();
        summarize();
    }

    @Override
    public synchronized boolean isRunning() {
        return !summaries.isDisposed();
    }

    /** Before the phases of the web server, so that this stops after the last request. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static Level level(Problem problem) {
        if (problem == Problem.INTERNAL) {
            return Level.ERROR;
        }
        return problem.status().is5xxServerError() ? Level.WARN : Level.DEBUG;
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    /** Clients and servers choose these texts: they must not forge lines of the log. */
    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replaceAll("\\p{Cntrl}+", " ");
    }
}
