package kinoteka.gateway.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.settings.Constraint;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Applies the configuration file when its content has changed: as a whole or, if a setting in it is wrong, not at all. The content is compared and not
 * the time of the last change, because container platforms replace a link to a folder instead of writing the file. It must be the same in
 * two checks, because editors and scripts write files in several steps.
 */
final class ConfigurationReload implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReload.class);

    private final Path file;
    private final ReloadSettings settings;
    private final ConfigurationReader reader;
    private final List<Live<?>> live;
    private final List<Constraint> constraints;
    private final ReloadMetrics metrics;
    private final AllSettings atStart;
    private AllSettings current;
    private FileContent seen = FileContent.MISSING;

    /** The content that has been applied or rejected; at first none, in case the file has changed while the gateway started. */
    private FileContent judged = FileContent.MISSING;

    private boolean isFirst = true;
    private @Nullable ScheduledExecutorService executor;

    ConfigurationReload(
            ReloadSettings settings,
            ConfigurationReader reader,
            List<Live<?>> live,
            List<Constraint> constraints,
            ReloadMetrics metrics) {
        this.file = settings.file();
        this.settings = settings;
        this.reader = reader;
        this.live = live;
        this.constraints = constraints;
        this.metrics = metrics;
        this.atStart = reader.atStart();
        this.current = atStart;
        requireEachSettingToBeLiveOrMarked();
    }

    private void requireEachSettingToBeLiveOrMarked() {
        var liveTypes = live.stream().map(each -> each.get().getClass()).toList();
        for (var type : atStart.byType().keySet()) {
            if (liveTypes.contains(type) == Changes.isAtStart(type)) {
                throw new IllegalStateException(type + " (expected: either @AtStart or in LiveSettings)");
            }
        }
    }

    @Override
    public synchronized void start() {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("configuration").factory());
        var unused = executor.scheduleWithFixedDelay(
                this::check, settings.interval().toNanos(), settings.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void check() {
        try {
            var content = FileContent.of(file);
            var isBeingWritten = !content.equals(seen);
            seen = content;
            if (!isBeingWritten && !content.equals(judged) && judge(content)) {
                judged = content;
                isFirst = false;
            }
        } catch (RuntimeException e) {
            LOG.error("configuration {} could not be applied", file, e);
            judged = seen;
            metrics.countRejected();
        }
    }

    /** Applies or rejects the configuration. Returns false if the file has changed in the meantime. */
    private boolean judge(FileContent content) {
        try {
            if (content.problem() != null) {
                throw new RejectedConfiguration(content.problem());
            }
            var next = reader.read();
            var actions = prepare(next);
            if (!FileContent.of(file).equals(content)) {
                return false;
            }
            var changes = Changes.of(atStart, current, next);
            actions.forEach(Runnable::run);
            current = next;
            report(changes);
            metrics.setAccepted();
        } catch (RejectedConfiguration e) {
            LOG.warn("configuration {} is rejected, and the settings remain as they are: {}", file, e.getMessage());
            metrics.countRejected();
        }
        return true;
    }

    /** Checks whether all settings can be applied, and returns the actions that apply them. */
    private List<Runnable> prepare(AllSettings next) throws RejectedConfiguration {
        try {
            constraints.forEach(constraint -> constraint.check(next));
            var actions = new ArrayList<Runnable>();
            for (var each : live) {
                addPreparation(each, next, actions);
            }
            return actions;
        } catch (IllegalArgumentException e) {
            throw new RejectedConfiguration(String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("unchecked") // the class of a record is that of its type
    private static <S> void addPreparation(Live<S> live, AllSettings next, List<Runnable> actions) {
        var settings = next.get((Class<S>) live.get().getClass());
        if (!settings.equals(live.get())) {
            actions.add(live.prepare(settings));
        }
    }

    private void report(Changes changes) {
        if (isFirst && changes.now().isEmpty() && changes.atRestart().isEmpty()) {
            return;
        }
        LOG.info("configuration {} is applied; changed: {}", file, names(changes.now()));
        if (!changes.atRestart().isEmpty()) {
            LOG.warn(
                    "configuration {} differs from the settings at the start in some that only a restart changes: {}",
                    file,
                    names(changes.atRestart()));
        }
        metrics.countApplied();
    }

    private static String names(Set<String> settings) {
        return settings.isEmpty() ? "nothing" : String.join(", ", settings);
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
