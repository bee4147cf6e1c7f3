package kinoteka.catalog.security;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed.
 *
 * @param issuer who signs the tokens: their {@code iss}, letter by letter
 * @param jwks address of the issuer's public keys, a JSON Web Key Set; asked when a token names a key that is not known yet
 * @param audience for whom tokens must be meant: one of their {@code aud}
 * @param development believe tokens that are signed with the development key, which everybody knows, instead of an
 *     issuer's; the profile {@code production} refuses to start with it
 */
@Validated
@ConfigurationProperties("kinoteka.catalog.security")
public record SecuritySettings(
        @Nullable String issuer,
        @Nullable URI jwks,
        @NotBlank @DefaultValue("kinoteka") String audience,
        @DefaultValue("false") boolean development) {

    public SecuritySettings {
        if (development == (issuer != null || jwks != null)) {
            throw new IllegalArgumentException(
                    development
                            ? "development: true beside issuer or jwks (expected: one or the other)"
                            : "issuer and jwks: missing (expected: who signs the tokens, and the address of its keys)");
        }
        if ((issuer == null) != (jwks == null)) {
            throw new IllegalArgumentException("issuer: " + issuer + ", jwks: " + jwks + " (expected: both)");
        }
    }
}
