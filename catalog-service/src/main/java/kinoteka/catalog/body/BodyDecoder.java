package kinoteka.catalog.body;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes bodies. A PUT and a PATCH may send back the read-only fields that a GET returned, and they are ignored; in a POST
 * there was nothing to return, so a client that sends an id expects it to be used and gets an error.
 */
final class BodyDecoder extends JacksonJsonDecoder {

    private static final String CREATES = BodyDecoder.class.getName() + ".creates";

    BodyDecoder(JsonMapper json) {
        super(json);
    }

    @Override
    public Map<String, Object> getDecodeHints(
            ResolvableType actualType,
            ResolvableType elementType,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        var hints = new HashMap<>(super.getDecodeHints(actualType, elementType, request, response));
        hints.put(CREATES, request.getMethod().equals(HttpMethod.POST));
        return hints;
    }

    @Override
    protected ObjectReader customizeReader(
            ObjectReader reader, ResolvableType elementType, @Nullable Map<String, Object> hints) {
        var customized = super.customizeReader(reader, elementType, hints);
        return hints != null && Boolean.TRUE.equals(hints.get(CREATES))
                ? customized.with(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
                : customized;
    }
}
