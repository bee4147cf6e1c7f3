package kinoteka.catalog.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

class TokenSettingsTest {

    private static final Map<String, String> ISSUER =
            Map.of("issuer", "https://login.example", "jwks.uri", "https://login.example/keys");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| | false | issuer and jwks.uri: missing (expected: the issuer of the tokens, and the address of its keys)",
                "https://login.example | | false | issuer: https://login.example, jwks.uri: null (expected: both)",
                "| https://login.example/keys | false | issuer: null, jwks.uri: https://login.example/keys (expected: both)",
                "https://login.example | https://login.example/keys | true |"
                        + " development: true beside issuer or jwks.uri (expected: one or the other)",
                "| https://login.example/keys | true |"
                        + " development: true beside issuer or jwks.uri (expected: one or the other)",
            })
    void requiresAnIssuerWithItsKeysOrTheDevelopmentKey(
            String issuer, String jwks, String development, String message) {
        var properties = new HashMap<String, String>();
        properties.put("development", development);
        if (issuer != null) {
            properties.put("issuer", issuer);
        }
        if (jwks != null) {
            properties.put("jwks.uri", jwks);
        }

        assertThatThrownBy(() -> bound(properties)).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwks.refresh-interval | 0s | jwks.refresh-interval: PT0S (expected: > 0)",
                "jwks.retry-interval | -1s | jwks.retry-interval: PT-1S (expected: > 0)",
                "jwks.retry-interval | 301s | jwks.retry-interval: PT5M1S (expected: at most jwks.refresh-interval, which is PT5M)",
                "jwks.unknown-key-interval | 0s | jwks.unknown-key-interval: PT0S (expected: > 0)",
                "jwks.unknown-key-interval | 301s |"
                        + " jwks.unknown-key-interval: PT5M1S (expected: at most jwks.refresh-interval, which is PT5M)",
                "jwks.timeout | 0s | jwks.timeout: PT0S (expected: > 0)",
                "jwks.max-age | 5m | jwks.max-age: PT5M (expected: longer than jwks.refresh-interval, which is PT5M)",
                "jwks.max-size | 0B | jwks.max-size: 0B (expected: 1B..16777216B)",
                "jwks.max-size | 17MB | jwks.max-size: 17825792B (expected: 1B..16777216B)",
            })
    void rejectsWhatCannotWork(String name, String value, String message) {
        assertThatThrownBy(() -> bound(with(name, value))).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"jwks.retry-interval, 5m", "jwks.unknown-key-interval, 5m", "jwks.max-age, 301s", "jwks.max-size, 16MB"
    })
    void acceptsTheBounds(String name, String value) {
        assertThat(bound(with(name, value)).issuer()).isEqualTo("https://login.example");
    }

    @ParameterizedTest
    @CsvSource({"production", "'cloud,production'"})
    void doesNotStartInProductionWithTheDevelopmentKey(String profiles) {
        var settings = bound(Map.of("development", "true"));

        assertThatThrownBy(() -> keys(settings, profiles))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("kinoteka.catalog.security.development");
        assertThat(keys(settings, "test")).isNotNull();
    }

    @Test
    void doesNotStartInProductionWithKeysThatAnybodyOnTheWayCanReplace() {
        var settings = bound(with("jwks.uri", "http://login.example/keys"));

        assertThatThrownBy(() -> keys(settings, "production"))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("https");
        assertThat(keys(settings, "test")).isInstanceOf(JwkSetCache.class);
        assertThat(keys(bound(ISSUER), "production")).isInstanceOf(JwkSetCache.class);
    }

    private static VerificationKeys keys(TokenSettings settings, String profiles) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(profiles.split(",", -1));
        return new TokenVerification().verificationKeys(settings, environment, new SimpleMeterRegistry());
    }

    private static Map<String, String> with(String name, String value) {
        var properties = new HashMap<>(ISSUER);
        properties.put(name, value);
        return properties;
    }

    private static TokenSettings bound(Map<String, String> properties) {
        var source = new MapConfigurationPropertySource();
        properties.forEach((name, value) -> source.put("kinoteka.catalog.security." + name, value));
        return new Binder(source).bindOrCreate("kinoteka.catalog.security", TokenSettings.class);
    }
}
