package kinoteka.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kinoteka.schema.ConnectionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

class SecretsFromFilesTest {

    @Test
    void aPasswordIsTheContentOfTheFileNamedAfterItsSetting(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("kinoteka.catalog.database.password"), "пароль = 1\n");

        try (var context = application().run("--KINOTEKA_SECRETS=" + secrets)) {
            assertThat(context.getBean(ConnectionSettings.class).password()).isEqualTo("пароль = 1");
        }
    }

    @Test
    void thereNeedBeNone(@TempDir Path empty) {
        try (var context = application().run("--KINOTEKA_SECRETS=" + empty.resolve("none"))) {
            assertThat(context.getBean(ConnectionSettings.class).password()).isEmpty();
        }
    }

    private static SpringApplication application() {
        var application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    @EnableConfigurationProperties(ConnectionSettings.class)
    static class SettingsOnly {}
}
