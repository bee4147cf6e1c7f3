package kinoteka.catalog.openapi;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record that is made of what a client sends: its constructor says what may be missing, its components what they must be. */
final class Input {

    private final Class<?> type;
    private final JsonMapper json;
    private final RecordComponent[] components;
    private final Constructor<?> constructor;
    private final AnnotatedType[] accepted;

    Input(Class<?> type, JsonMapper json) {
        this.type = type;
        this.json = json;
        this.components = type.getRecordComponents();
        this.constructor = constructor(type);
        this.accepted = constructor.getAnnotatedParameterTypes();
    }

    int size() {
        return components.length;
    }

    /** In Java. */
    String name(int index) {
        return components[index].getName();
    }

    /** As a parameter of a request. */
    String parameter(int index) {
        var named = constructor.getParameters()[index].getAnnotation(BindParam.class);
        return named == null ? name(index) : named.value();
    }

    AnnotatedType type(int index) {
        return components[index].getAnnotatedType();
    }

    /** Where the component's rules are. */
    AnnotatedElement declaration(int index) {
        try {
            return type.getDeclaredField(name(index));
        } catch (NoSuchFieldException everyComponentHasOne) {
            throw new AssertionError(everyComponentHasOne);
        }
    }

    boolean isOptional(int index) {
        return accepted[index].isAnnotationPresent(Nullable.class);
    }

    /** What the record makes of what is missing, where it makes something of it. */
    Optional<JsonNode> usual(int index) {
        if (!isOptional(index) || type(index).isAnnotationPresent(Nullable.class)) {
            return Optional.empty();
        }
        try {
            var empty = constructor.newInstance(Arrays.stream(components)
                    .map(component -> nothing(component.getType()))
                    .toArray());
            var accessor = components[index].getAccessor();
            accessor.setAccessible(true);
            return Optional.of(json.valueToTree(accessor.invoke(empty)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " made of nothing: " + e.getCause(), e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
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

    private static @Nullable Object nothing(Class<?> type) {
        if (type.equals(long.class)) {
            return 0L;
        }
        return type.equals(int.class) ? 0 : type.equals(boolean.class) ? false : null;
    }
}
