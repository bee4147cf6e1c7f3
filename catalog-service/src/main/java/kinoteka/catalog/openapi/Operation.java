package kinoteka.catalog.openapi;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.security.Access;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One method of one path, as a controller's method declares it.
 *
 * @param consumes media types of the request body
 * @param produces media types of the response
 */
record Operation(
        String path, RequestMethod method, HandlerMethod handler, List<MediaType> consumes, List<MediaType> produces) {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** All operations of one mapping. */
    static Stream<Operation> of(RequestMappingInfo mapping, HandlerMethod handler) {
        var consumes = List.copyOf(mapping.getConsumesCondition().getConsumableMediaTypes());
        var produces = List.copyOf(mapping.getProducesCondition().getProducibleMediaTypes());
        return mapping.getPatternsCondition().getPatterns().stream()
                .map(pattern -> VARIABLE.matcher(pattern.getPatternString())
                        .replaceAll(variable -> "{" + InvalidField.nameOf(variable.group(1)) + "}"))
                .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                        .map(method -> new Operation(path, method, handler, consumes, produces)));
    }

    /** The unique operation id: the names of the controller and of its method. */
    String id() {
        var controller = handler.getBeanType().getSimpleName().replaceFirst("Controller$", "");
        return InvalidField.nameOf(controller + "_" + declared().getName());
    }

    /** The name of the feature, which is its package's. */
    String tag() {
        var feature = handler.getBeanType().getPackageName();
        return feature.substring(feature.lastIndexOf('.') + 1);
    }

    Method declared() {
        return handler.getMethod();
    }

    /** Whether several controllers inherit the method, so that only the controller says which resource it is about. */
    boolean isInherited() {
        return !declared().getDeclaringClass().equals(handler.getBeanType());
    }

    Access access() {
        return Access.declaredBy(handler).orElseThrow();
    }

    Optional<MethodParameter> requestBody() {
        return parameters()
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst();
    }

    /** Whether the path names a resource, which may not exist. */
    boolean hasPathVariable() {
        return parameters().anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }

    /** Whether it evaluates {@code If-Match}. */
    boolean isConditional() {
        return parameters().anyMatch(parameter -> parameter.getParameterType().equals(HttpHeaders.class));
    }

    /** Whether it counts the client's requests. */
    boolean isLimitedByClient() {
        return parameters().anyMatch(parameter -> parameter.getParameterType().equals(Client.class));
    }

    boolean isGet() {
        return method == RequestMethod.GET;
    }

    /** Whether the response has resources, and not events. */
    boolean returnsResources() {
        return Record.class.isAssignableFrom(returnedType());
    }

    /** Whether the response has many resources. */
    boolean isList() {
        return returned().toClass().equals(Flux.class);
    }

    /** The type of the resource, or of one element of a list. */
    Class<?> returnedType() {
        var type = returned();
        while (Set.of(Mono.class, Flux.class, ResponseEntity.class).contains(type.toClass())) {
            type = type.getGeneric();
        }
        return type.toClass();
    }

    /** The statuses of successful responses. */
    List<HttpStatus> successes() {
        var declared = Optional.ofNullable(handler.getMethodAnnotation(ResponseStatus.class))
                .map(ResponseStatus::value);
        return method == RequestMethod.POST
                ? Stream.concat(Stream.of(HttpStatus.CREATED), declared.stream())
                        .toList()
                : List.of(declared.orElse(HttpStatus.OK));
    }

    /** The name of the method in a path item. */
    String key() {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private Stream<MethodParameter> parameters() {
        return Arrays.stream(handler.getMethodParameters());
    }

    private ResolvableType returned() {
        return ResolvableType.forMethodReturnType(declared(), handler.getBeanType());
    }
}
