package kinoteka.catalog.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the handler of a request. Spring matches a path with variables against every pattern, and evaluates all other conditions of a
 * mapping before its path. Here, a mapping whose path has other segments is skipped at once, which saves most of the search.
 */
final class SegmentedHandlers extends RequestMappingHandlerMapping {

    private final Map<RequestMappingInfo, List<PathSegments>> segments = new ConcurrentHashMap<>();

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().pathWithinApplication();
        for (var pattern : segments.computeIfAbsent(mapping, SegmentedHandlers::segments)) {
            if (pattern.mayMatch(path)) {
                return super.getMatchingMapping(mapping, exchange);
            }
        }
        return null;
    }

    private static List<PathSegments> segments(RequestMappingInfo mapping) {
        return mapping.getPatternsCondition().getPatterns().stream()
                .map(pattern -> PathSegments.of(pattern.getPatternString()))
                .toList();
    }
}
