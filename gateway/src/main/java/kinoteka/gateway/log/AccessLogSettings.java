package kinoteka.gateway.log;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import kinoteka.gateway.settings.AtStart;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the access log.
 *
 * @param enabled whether there is an access log
 * @param file the file to which lines are appended. It may be moved away or truncated at any time, as logrotate does; a file that was
 *     moved is created again within a second. Without this setting, lines are written to the standard output
 * @param format {@code text} writes fields as {@code name=value}, {@code json} writes each line as a JSON object. The fields are the same
 * @param maxRate lines per second; above it, lines are sampled. Server errors, rejections by the gateway, responses of {@code /ping} and
 *     other responses have this rate each, so that none of them can displace the others. 1 to 50000
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.access-log")
public record AccessLogSettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @AtStart @Nullable Path file,
        @DefaultValue("text") LineFormat format,
        @DefaultValue("200") @Min(1) @Max(50_000) int maxRate) {

    public AccessLogSettings {
        file = file == null || file.toString().isEmpty() ? null : file;
    }
}
