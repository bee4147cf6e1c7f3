package kinoteka.catalog.body;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kinoteka.catalog.problem.InvalidField;
import org.jspecify.annotations.Nullable;

/**
 * A record that is made from a body or from query parameters. Its canonical constructor decides which values may be missing,
 * and its components carry the constraints.
 */
public final class InputRecord {

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<Component> components;

    /**
     * A component of the record.
     *
     * @param javaName as the source code writes it
     * @param declaration the field of the component, which carries its constraints
     * @param parameter of the canonical constructor
     */
    public record Component(String javaName, AnnotatedType type, AnnotatedElement declaration, Parameter parameter) {

        /** As a JSON object has it. */
        public String jsonName() {
            return InvalidField.nameOf(javaName);
        }

        /** Whether a value may be missing or null. */
        public boolean isOptional() {
            return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
        }
    }

    public InputRecord(Class<?> type) {
        this.type = type;
        this.constructor = canonicalConstructor(type);
        var declared = type.getRecordComponents();
        this.components = IntStream.range(0, declared.length)
                .mapToObj(i -> new Component(
                        declared[i].getName(),
                        declared[i].getAnnotatedType(),
                        field(type, declared[i]),
                        constructor.getParameters()[i]))
                .toList();
    }

    public List<Component> components() {
        return components;
    }

    /** The value that the record uses instead of a missing one; empty where it keeps null. */
    public Optional<Object> defaultValue(Component component) {
        if (!component.isOptional() || component.type().isAnnotationPresent(Nullable.class)) {
            return Optional.empty();
        }
        try {
            var empty = constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(InputRecord::missing)
                    .toArray());
            var accessor = type.getRecordComponents()[components.indexOf(component)].getAccessor();
            accessor.setAccessible(true);
            return Optional.of(accessor.invoke(empty));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " without values: " + e.getCause(), e);
        }
    }

    private static Constructor<?> canonicalConstructor(Class<?> type) {
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException everyRecordHasOne) {
            throw new AssertionError(everyRecordHasOne);
        }
    }

    private static AnnotatedElement field(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException everyComponentHasOne) {
            throw new AssertionError(everyComponentHasOne);
        }
    }

    private static @Nullable Object missing(Class<?> type) {
        if (type.equals(long.class)) {
            return 0L;
        }
        return type.equals(int.class) ? 0 : type.equals(boolean.class) ? false : null;
    }
}
