package kinoteka.catalog.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identifies requests by a hash of their method, their path and their body. Two requests with equal fields have the same
 * fingerprint, whatever the order of the fields and the white space between them.
 *
 * <p>Retries can arrive after a release. Therefore the hash contains no name of a class, sorts the fields by name, and leaves out
 * optional fields that have no value: a release that adds an optional field does not change the fingerprints of old requests.
 */
final class Fingerprints {

    private final JsonMapper canonical;

    Fingerprints(JsonMapper json) {
        this.canonical = json.rebuild()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    /** SHA-256, 32 bytes. */
    ByteBuffer of(ServerHttpRequest request, Record body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getMethod() + " " + request.getPath().value() + "\n").getBytes(UTF_8));
            return ByteBuffer.wrap(digest.digest(canonical.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
