package kinoteka.catalog.listing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import kinoteka.catalog.body.StorableText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Positions in one list, as the opaque text that clients carry from page to page. A cursor says only where to go on, so a
 * forged one that reads well opens nothing that the list would not show anyway.
 *
 * @param <P> what the list is ordered by
 */
final class Cursors<P extends Record> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule().addDeserializer(String.class, new StorableText()))
            .build();

    private final Class<P> type;

    Cursors(Class<P> type) {
        this.type = type;
    }

    String write(P position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(position));
    }

    /** Empty for whatever {@link #write} has not made. */
    Optional<P> read(String cursor) {
        try {
            var json = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.US_ASCII));
            return Optional.ofNullable(JSON.readValue(json, type))
                    .filter(position -> write(position).equals(cursor));
        } catch (IllegalArgumentException | JacksonException notOurs) {
            return Optional.empty();
        }
    }
}
