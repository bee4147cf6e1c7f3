package kinoteka.catalog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class GatewaySettingsTest {

    private static final String OLD = "x".repeat(32);
    private static final String NEW = "!~".repeat(128);

    @Test
    void takesSeveralCredentialsSoThatOneCanBeReplacedWhileGatewaysUseTheOther() {
        assertThat(credentials("--kinoteka.catalog.gateway.credentials=" + OLD + "," + NEW))
                .containsExactly(OLD, NEW);
    }

    @Test
    void takesThemFromAFile(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("kinoteka.catalog.gateway.credentials"), OLD + "\n");

        assertThat(credentials("--KINOTEKA_SECRETS=" + secrets)).containsExactly(OLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kinoteka.catalog.gateway.credentials=", "--kinoteka.catalog.audience=none"})
    void needsNone(String argument) {
        assertThat(credentials(argument)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weak-credential-of-31-character",
                "weak credential of 32 characters.",
                "пароль-пароль-пароль-пароль-пароль"
            })
    void rejectsAWeakCredentialWithoutPrintingIt(String weak, CapturedOutput output) {
        assertThatThrownBy(() -> credentials("--kinoteka.catalog.gateway.credentials=" + OLD + "," + weak));

        assertThat(output.getAll())
                .contains(
                        "APPLICATION FAILED TO START",
                        "kinoteka.catalog.gateway.credentials: one of " + weak.length()
                                + " characters (expected: 32 to 256")
                .doesNotContain(weak, OLD);
    }

    @Test
    void doesNotPrintThemEither() {
        assertThat(new GatewaySettings(List.of(OLD))).hasToString("GatewaySettings[1 credentials]");
    }

    private static List<String> credentials(String argument) {
        var application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(argument)) {
            return context.getBean(GatewaySettings.class).credentials();
        }
    }

    @EnableConfigurationProperties(GatewaySettings.class)
    static class SettingsOnly {}
}
