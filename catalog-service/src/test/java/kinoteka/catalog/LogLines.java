package kinoteka.catalog;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The lines that one logger and those below it write until this is closed. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level level;
    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();

    private LogLines(Logger logger) {
        this.logger = logger;
        this.level = logger.getLevel();
        start();
        logger.addAppender(this);
    }

    /** Of all loggers, at the levels that they have. */
    public static LogLines ofAll() {
        return new LogLines((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    }

    /** Of one logger, which is set to this level meanwhile. */
    public static LogLines of(String logger, Level level) {
        var lines = new LogLines((Logger) LoggerFactory.getLogger(logger));
        lines.logger.setLevel(level);
        return lines;
    }

    public List<ILoggingEvent> all() {
        return List.copyOf(lines);
    }

    /** Level and message of each line. */
    public List<String> messages() {
        return lines.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    /** Level and message of each line of level WARN and higher, but for those about buffers that were not released. */
    public List<String> warnings() {
        return withoutLeaks()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    /**
     * Buffers that were not released are reported when garbage is collected, and may be those of a test's own HTTP client, which has left
     * a stream, in a test before.
     */
    private Stream<ILoggingEvent> withoutLeaks() {
        return lines.stream().filter(line -> !line.getLoggerName().equals(ResourceLeakDetector.class.getName()));
    }

    /** Lines that report a failure: errors, everything with a stack trace, and warnings that blame the database. */
    public List<String> failures() {
        return withoutLeaks()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.ERROR)
                        || line.getThrowableProxy() != null
                        || (line.getLevel().isGreaterOrEqual(Level.WARN)
                                && line.getFormattedMessage().contains("database")))
                .map(line -> line.getLoggerName() + ": " + line.getFormattedMessage()
                        + (line.getThrowableProxy() == null
                                ? ""
                                : " " + line.getThrowableProxy().getClassName() + ": "
                                        + line.getThrowableProxy().getMessage()))
                .toList();
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(level);
    }
}
