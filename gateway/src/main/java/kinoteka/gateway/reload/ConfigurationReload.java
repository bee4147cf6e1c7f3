package kinoteka.gateway.reload;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
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
    private final Counter reloads;
    private final Gauge accepted;
    private byte[] content = new byte[0];
    private byte[] seen = content;
    private Map<String, String> properties = Map.of();
    private @Nullable ScheduledExecutorService executor;

    ConfigurationReload(
            ReloadSettings settings, ConfigurationReader reader, List<Live<?>> live, PrometheusRegistry registry) {
        this.file = settings.file();
        this.settings = settings;
        this.reader = reader;
        this.live = live;
        reloads = Counter.builder()
                .name("configuration_reloads_total")
                .help("Changes of the configuration file while the gateway runs.")
                .labelNames("result")
                .register(registry);
        reloads.initLabelValues("applied");
        reloads.initLabelValues("rejected");
        accepted = Gauge.builder()
                .name("configuration_accepted")
                .help("1 if the content of the configuration file was accepted, 0 while an earlier content is in use.")
                .register(registry);
        accepted.set(1);
    }

    @Override
    public synchronized void start() {
        try {
            if (Files.exists(file)) {
                content = Files.readAllBytes(file);
                seen = content;
                properties = reader.properties();
            }
        } catch (IOException | RejectedConfiguration e) {
            LOG.warn("configuration {} has changed since it was applied: {}", file, e.getMessage());
        }
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("configuration").factory());
        var unused = executor.scheduleWithFixedDelay(
                this::check, settings.interval().toNanos(), settings.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void check() {
        try {
            var now = Files.readAllBytes(file);
            var isBeingWritten = !Arrays.equals(now, seen);
            seen = now;
            if (!isBeingWritten && !Arrays.equals(now, content)) {
                content = now;
                apply();
            }
        } catch (IOException e) {
            if (content.length > 0) {
                content = new byte[0];
                reject("cannot be read: " + e);
            }
        } catch (RejectedConfiguration e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("configuration {} could not be applied", file, e);
            reject(e.toString());
        }
    }

    private void apply() throws RejectedConfiguration {
        var newProperties = reader.properties();
        var newSettings = reader.settings();
        var changed = changedNames(newProperties);
        live.forEach(each -> update(each, newSettings));
        properties = newProperties;
        reloads.labelValues("applied").inc();
        accepted.set(1);
        var atRestart = changed.stream().filter(name -> !isLive(name)).toList();
        changed.removeAll(atRestart);
        LOG.info(
                "configuration {} is applied; changed now: {}; will change at the next start: {}",
                file,
                names(changed),
                names(atRestart));
    }

    private static String names(Collection<String> settings) {
        return settings.isEmpty() ? "nothing" : String.join(", ", settings);
    }

    private boolean isLive(String name) {
        return live.stream()
                .map(each -> each.get().getClass().getAnnotation(ConfigurationProperties.class))
                .anyMatch(properties -> name.startsWith(properties.value() + "."));
    }

    private static <S> void update(Live<S> live, Map<Class<?>, Object> newSettings) {
        @SuppressWarnings("unchecked") // the map has each record under its own class
        var settings = (S) Objects.requireNonNull(newSettings.get(live.get().getClass()));
        if (!settings.equals(live.get())) {
            live.set(settings);
        }
    }

    private Set<String> changedNames(Map<String, String> newProperties) {
        var all = new HashMap<>(properties);
        all.putAll(newProperties);
        var changed = new TreeSet<>(all.keySet());
        changed.removeIf(name -> Objects.equals(properties.get(name), newProperties.get(name)));
        return changed;
    }

    private void reject(String reason) {
        reloads.labelValues("rejected").inc();
        accepted.set(0);
        LOG.warn("configuration {} is rejected, and the settings remain as they are: {}", file, reason);
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
