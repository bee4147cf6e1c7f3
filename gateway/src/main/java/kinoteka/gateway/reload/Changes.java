package kinoteka.gateway.reload;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import kinoteka.gateway.settings.AtStart;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The names of the settings that a new configuration changes.
 *
 * @param now those that change while the gateway runs
 * @param atRestart those that only a restart changes, and that differ from the settings at the start
 */
record Changes(SortedSet<String> now, SortedSet<String> atRestart) {

    /**
     * Compares configurations.
     *
     * @param atStart the configuration at the start of the gateway
     * @param current the configuration that is in use
     */
    static Changes of(AllSettings atStart, AllSettings current, AllSettings next) {
        var changes = new Changes(new TreeSet<>(), new TreeSet<>(next.foreign()));
        next.byType().forEach((type, settings) -> {
            var properties =
                    Objects.requireNonNull(AnnotationUtils.findAnnotation(type, ConfigurationProperties.class));
            changes.add(
                    properties.prefix(),
                    atStart.byType().get(type),
                    current.byType().get(type),
                    settings,
                    isAtStart(type));
        });
        return changes;
    }

    private void add(String name, @Nullable Object atStart, @Nullable Object current, Object next, boolean isAtStart) {
        for (var component : next.getClass().getRecordComponents()) {
            addComponent(
                    name + "." + DataObjectPropertyName.toDashedForm(component.getName()),
                    value(component, atStart),
                    value(component, current),
                    value(component, next),
                    isAtStart || isAtStart(component));
        }
    }

    private void addComponent(
            String name, @Nullable Object atStart, @Nullable Object current, @Nullable Object next, boolean isAtStart) {
        if (next instanceof Record) {
            add(name, atStart, current, next, isAtStart);
        } else if (isAtStart && !Objects.equals(atStart, next)) {
            atRestart.add(name);
        } else if (!isAtStart && !Objects.equals(current, next)) {
            now.add(name);
        }
    }

    static boolean isAtStart(AnnotatedElement element) {
        return element.isAnnotationPresent(AtStart.class);
    }

    private static @Nullable Object value(RecordComponent component, @Nullable Object settings) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true); // some records are private to their package
            return settings == null ? null : accessor.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
