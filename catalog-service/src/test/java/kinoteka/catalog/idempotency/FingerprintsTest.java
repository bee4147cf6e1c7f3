package kinoteka.catalog.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build());

    private record Order(long movieId, long cinemaId) {}

    private record LaterOrder(long cinemaId, @Nullable String voucher, long movieId) {}

    @Test
    void staysTheSameFromReleaseToRelease() {
        // SHA-256 of: POST /api/customer/7/orders, a line feed, {"cinema_id":2,"movie_id":1}
        assertThat(hash("/api/customer/7/orders", new Order(1, 2)))
                .isEqualTo("eafc4e4cf3e8475d10b6a31a3267a6e4a8ebbfd670742374ec31c2a3a19074bc");
    }

    @Test
    void ignoresTheNameOfTheClassTheOrderOfItsFieldsAndOptionalFieldsWithoutValue() {
        assertThat(hash("/a", new LaterOrder(2, null, 1))).isEqualTo(hash("/a", new Order(1, 2)));
    }

    @Test
    void differsByMethodPathAndEveryValue() {
        var fingerprint = hash("/a", new Order(1, 2));

        assertThat(hash("/b", new Order(1, 2))).isNotEqualTo(fingerprint);
        assertThat(hash("/a", new Order(2, 1))).isNotEqualTo(fingerprint);
        assertThat(hash("/a", new LaterOrder(2, "", 1))).isNotEqualTo(fingerprint);
        assertThat(HexFormat.of()
                        .formatHex(fingerprints
                                .of(MockServerHttpRequest.put("/a").build(), new Order(1, 2))
                                .array()))
                .isNotEqualTo(fingerprint);
    }

    private String hash(String path, Record body) {
        return HexFormat.of()
                .formatHex(fingerprints
                        .of(MockServerHttpRequest.post(path).build(), body)
                        .array());
    }
}
