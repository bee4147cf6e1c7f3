package kinoteka.gateway.reload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the configuration file.
 *
 * @param file a YAML or properties file with settings, whose name ends in {@code .yaml}, {@code .yml} or {@code .properties}. Environment
 *     variables and command-line arguments override it. It is read again when it changes: most settings change at once, and the log names
 *     those that a restart will apply. A file with an invalid or unknown setting is rejected as a whole, and the gateway continues with its
 *     settings. The file at the default path need not exist
 * @param interval time between two checks whether the file has changed. 10 ms to 1 h
 */
@AtStart
@Validated
@ConfigurationProperties("kinoteka.gateway.configuration")
public record ReloadSettings(
        @DefaultValue(ReloadSettings.DEFAULT_FILE) Path file,

        @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration interval) {

    static final String DEFAULT_FILE = "/etc/kinoteka/gateway.yaml";

    public ReloadSettings {
        if (!Files.isReadable(file) && !file.toString().equals(DEFAULT_FILE)) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.configuration.file: " + file + " (expected: a file that can be read)");
        }
    }
}
