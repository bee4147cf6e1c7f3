package kinoteka.catalog.parameter;

import jakarta.validation.Valid;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kinoteka.catalog.body.InputRecord;
import kinoteka.catalog.problem.InvalidField;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * A parameter that a controller's method declares, by itself or as a component of a record. The API's document lists these,
 * and requests are checked against these: there is no second list that could differ.
 *
 * @param name as clients write it
 * @param javaName as the source code writes it
 * @param type of the value
 * @param declaration carries the constraints of the value: a parameter of the method, or a field of a record
 */
public record DeclaredParameter(
        String name, String javaName, Location location, AnnotatedType type, AnnotatedElement declaration) {

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** All parameters of an operation, in the order of their declaration. */
    public static List<DeclaredParameter> of(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .flatMap(DeclaredParameter::of)
                .toList();
    }

    /** Whether a record is read from the query rather than from the body. */
    public static boolean isRecordOfParameters(MethodParameter parameter) {
        return parameter.getParameterType().isRecord()
                && parameter.hasParameterAnnotation(Valid.class)
                && !parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static Stream<DeclaredParameter> of(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(NAMES);
        var javaName = Objects.requireNonNull(parameter.getParameterName());
        if (isRecordOfParameters(parameter)) {
            return new InputRecord(parameter.getParameterType())
                    .components().stream().map(DeclaredParameter::of);
        }
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return Stream.of(of(parameter, InvalidField.nameOf(javaName), javaName, Location.PATH));
        }
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            return Stream.of(of(parameter, query.name().isEmpty() ? javaName : query.name(), javaName, Location.QUERY));
        }
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        return header == null || parameter.getParameterType().equals(HttpHeaders.class)
                ? Stream.empty()
                : Stream.of(of(parameter, header.name(), javaName, Location.HEADER));
    }

    private static DeclaredParameter of(MethodParameter parameter, String name, String javaName, Location location) {
        Parameter declaration = parameter.getParameter();
        return new DeclaredParameter(name, javaName, location, declaration.getAnnotatedType(), declaration);
    }

    private static DeclaredParameter of(InputRecord.Component component) {
        var renamed = component.parameter().getAnnotation(BindParam.class);
        return new DeclaredParameter(
                renamed == null ? component.javaName() : renamed.value(),
                component.javaName(),
                Location.QUERY,
                component.type(),
                component.declaration());
    }
}
