package kinoteka.catalog.security.token;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which tokens are accepted.
 *
 * @param issuer the issuer of the tokens: their {@code iss}, compared character by character
 * @param audience the audience that tokens must name: one of their {@code aud}
 * @param development whether to accept tokens that are signed with the development key, which is public, instead of an
 *     issuer's; the profile {@code production} does not start with it
 * @param jwks the issuer's public keys
 */
@Validated
@ConfigurationProperties("kinoteka.catalog.security")
public record TokenSettings(
        @Nullable String issuer,
        @NotBlank @DefaultValue("kinoteka") String audience,
        @DefaultValue("false") boolean development,
        @Valid @DefaultValue Jwks jwks) {

    public TokenSettings {
        if (development == (issuer != null || jwks.uri != null)) {
            throw new IllegalArgumentException(
                    development
                            ? "development: true beside issuer or jwks.uri (expected: one or the other)"
                            : "issuer and jwks.uri: missing (expected: the issuer of the tokens, and the address of its keys)");
        }
        if ((issuer == null) != (jwks.uri == null)) {
            throw new IllegalArgumentException("issuer: " + issuer + ", jwks.uri: " + jwks.uri + " (expected: both)");
        }
    }

    /**
     * The issuer's public keys. They are fetched at the start, then at every {@code refresh-interval}, and when a token
     * names a key that is not known.
     *
     * @param uri address of the issuer's JSON Web Key Set (RFC 7517); redirects are not followed
     * @param refreshInterval time between two fetches; a key that the issuer withdraws is accepted for at most this long
     *     while the issuer can be reached
     * @param maxAge how long fetched keys are used while the issuer cannot be reached; after that, requests with a token
     *     are answered 503 until a fetch succeeds; longer than {@code refresh-interval}
     * @param retryInterval time before the first retry of a failed fetch; it doubles with each further failure, up to
     *     {@code refresh-interval}
     * @param unknownKeyInterval shortest time between the last fetch and one that is caused by a token which names an
     *     unknown key, since anybody can send such tokens; at most {@code refresh-interval}
     * @param timeout for a whole fetch, from the connection to the last byte
     * @param maxSize largest response that is read
     */
    public record Jwks(
            @Nullable URI uri,
            @DefaultValue("5m") Duration refreshInterval,
            @DefaultValue("1h") Duration maxAge,
            @DefaultValue("1s") Duration retryInterval,
            @DefaultValue("10s") Duration unknownKeyInterval,
            @DefaultValue("2s") Duration timeout,
            @DefaultValue("256KB") DataSize maxSize) {

        private static final DataSize LARGEST = DataSize.ofMegabytes(16);

        public Jwks {
            requirePositive("jwks.refresh-interval", refreshInterval);
            requirePositive("jwks.retry-interval", retryInterval);
            requirePositive("jwks.unknown-key-interval", unknownKeyInterval);
            requirePositive("jwks.timeout", timeout);
            requireAtMost(refreshInterval, "jwks.retry-interval", retryInterval);
            requireAtMost(refreshInterval, "jwks.unknown-key-interval", unknownKeyInterval);
            if (maxAge.compareTo(refreshInterval) <= 0) {
                throw new IllegalArgumentException("jwks.max-age: " + maxAge
                        + " (expected: longer than jwks.refresh-interval, which is " + refreshInterval + ")");
            }
            if (maxSize.toBytes() < 1 || maxSize.toBytes() > LARGEST.toBytes()) {
                throw new IllegalArgumentException("jwks.max-size: " + maxSize + " (expected: 1B.." + LARGEST + ")");
            }
        }

        private static void requirePositive(String name, Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
            }
        }

        private static void requireAtMost(Duration refreshInterval, String name, Duration value) {
            if (value.compareTo(refreshInterval) > 0) {
                throw new IllegalArgumentException(name + ": " + value
                        + " (expected: at most jwks.refresh-interval, which is " + refreshInterval + ")");
            }
        }
    }
}
