package kinoteka.catalog.editing;

import java.util.Set;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** An operation that replaces, updates or deletes a resource. */
record EditOperation(HttpMethod method, String pattern) {

    private static final Set<RequestMethod> METHODS =
            Set.of(RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

    /** A test for every such operation that the service has, so that a new one cannot be forgotten. */
    static Stream<DynamicTest> test(RequestMappingHandlerMapping controllers, ThrowingConsumer<EditOperation> test) {
        return controllers.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(METHODS::contains)
                                .map(method -> new EditOperation(method.asHttpMethod(), pattern.getPatternString()))))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> test.accept(operation)));
    }

    /** Sends a request that changes nothing, unless it deletes the resource. */
    Api.Answer send(Api caller, Api.Answer seen, String path) {
        if (method.equals(HttpMethod.PUT)) {
            return caller.put(path, seen.body().toString());
        }
        return method.equals(HttpMethod.PATCH) ? caller.patch(path, "{}") : caller.delete(path);
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
