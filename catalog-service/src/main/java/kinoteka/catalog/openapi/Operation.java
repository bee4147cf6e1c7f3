package kinoteka.catalog.openapi;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.security.Access;
import org.springframework.core.DefaultParameterNameDiscoverer;
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
 * Something that the API can be asked to do, as a controller's method declares it.
 *
 * @param consumes formats of the body it reads
 * @param produces formats of what it answers
 */
record Operation(
        String path, RequestMethod method, HandlerMethod handler, List<MediaType> consumes, List<MediaType> produces) {

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** All that one mapping says. */
    static Stream<Operation> of(RequestMappingInfo mapping, HandlerMethod handler) {
        var consumes = List.copyOf(mapping.getConsumesCondition().getConsumableMediaTypes());
        var produces = List.copyOf(mapping.getProducesCondition().getProducibleMediaTypes());
        return mapping.getPatternsCondition().getPatterns().stream()
                .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                        .map(method -> new Operation(pattern.getPatternString(), method, handler, consumes, produces)));
    }

    /** Unique: its controller's and its method's name. */
    String id() {
        var controller = handler.getBeanType().getSimpleName().replaceFirst("Controller$", "");
        return InvalidField.nameOf(controller + "_" + declared().getName());
    }

    /** The feature it belongs to. */
    String tag() {
        var feature = handler.getBeanType().getPackageName();
        return feature.substring(feature.lastIndexOf('.') + 1);
    }

    Method declared() {
        return handler.getMethod();
    }

    /** Whether it is one of many controllers' own, of which each says what it is about. */
    boolean isInherited() {
        return !declared().getDeclaringClass().equals(handler.getBeanType());
    }

    Access access() {
        return Access.declaredBy(handler).orElseThrow();
    }

    Stream<MethodParameter> parameters() {
        return Arrays.stream(handler.getMethodParameters())
                .peek(parameter -> parameter.initParameterNameDiscovery(NAMES));
    }

    Optional<MethodParameter> body() {
        return parameters()
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst();
    }

    /** Whether it is about something that may not be there. */
    boolean namesAThing() {
        return parameters().anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }

    /** Whether it minds which version of a thing the client has seen. */
    boolean isConditional() {
        return parameters().anyMatch(parameter -> parameter.getParameterType().equals(HttpHeaders.class));
    }

    boolean isRead() {
        return method == RequestMethod.GET;
    }

    /** Whether it answers resources, and not events. */
    boolean answersJson() {
        return Record.class.isAssignableFrom(answered());
    }

    /** Whether it answers many. */
    boolean isList() {
        return answer().toClass().equals(Flux.class);
    }

    /** What one answer, or one element of it, is. */
    Class<?> answered() {
        var type = answer();
        while (Set.of(Mono.class, Flux.class, ResponseEntity.class).contains(type.toClass())) {
            type = type.getGeneric();
        }
        return type.toClass();
    }

    /** With what it succeeds. */
    List<HttpStatus> successes() {
        var declared = Optional.ofNullable(handler.getMethodAnnotation(ResponseStatus.class))
                .map(ResponseStatus::value);
        var usual = method == RequestMethod.POST ? HttpStatus.CREATED : HttpStatus.OK;
        return method == RequestMethod.POST
                ? Stream.concat(Stream.of(usual), declared.stream()).toList()
                : List.of(declared.orElse(usual));
    }

    /** The name in the document's list of a path's operations. */
    String key() {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private ResolvableType answer() {
        return ResolvableType.forMethodReturnType(declared(), handler.getBeanType());
    }
}
