package kinoteka.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

class SecuritySettingsTest {

    private static final URI KEYS = URI.create("https://login.example/keys");

    @Test
    void wantsAnIssuerWithItsKeysOrTheDevelopmentKey() {
        assertThatThrownBy(() -> new SecuritySettings(null, null, "kinoteka", false))
                .hasMessage("issuer and jwks: missing (expected: who signs the tokens, and the address of its keys)");
        assertThatThrownBy(() -> new SecuritySettings("https://login.example", null, "kinoteka", false))
                .hasMessage("issuer: https://login.example, jwks: null (expected: both)");
        assertThatThrownBy(() -> new SecuritySettings("https://login.example", KEYS, "kinoteka", true))
                .hasMessage("development: true beside issuer or jwks (expected: one or the other)");
    }

    @ParameterizedTest
    @CsvSource({"production", "'cloud,production'"})
    void doesNotStartInProductionWithTheDevelopmentKey(String profiles) {
        var settings = new SecuritySettings(null, null, "kinoteka", true);

        assertThatThrownBy(() -> new Security().tokenDecoder(settings, environment(profiles)))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("kinoteka.catalog.security.development");
    }

    @Test
    void doesNotStartInProductionWithKeysThatAnybodyOnTheWayCanChange() {
        var settings =
                new SecuritySettings("https://login.example", URI.create("http://login.example/keys"), "us", false);

        assertThatThrownBy(() -> new Security().tokenDecoder(settings, environment("production")))
                .hasMessageContaining("https");
        assertThat(new Security().tokenDecoder(settings, environment("test"))).isNotNull();
    }

    private static MockEnvironment environment(String profiles) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profiles.split(",", -1));
        return environment;
    }
}
