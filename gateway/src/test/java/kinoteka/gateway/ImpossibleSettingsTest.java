package kinoteka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Invalid settings fail the start with a message that contains the value and the expected values. */
@ExtendWith(OutputCaptureExtension.class)
class ImpossibleSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstream.catalogue=localhost:8081 | localhost:8081 (expected: http or https, a host",
                "upstream.catalogue=ftp://a | ftp://a (expected: http or https",
                "upstream.catalogue=http://a/path | http://a/path (expected: http or https",
                "upstream.catalogue=http://my host | http://my%20host (expected: http or https",
                "upstream.catalogue=http://a:65536 | http://a:65536 (expected: http or https, a host",
                "upstream.catalogue=http://a,b:8081 | b:8081 (expected: http or https, a host",
                "upstream.credential=too-short | upstream.credential: 9 characters (expected: 32 to 256 visible ASCII",
                "upstream.credential=0123456789abcdef,0123456789abcdef | 33 characters (expected: 32 to 256 visible ASCII",
                "upstream.health-check.interval=0s | must be longer than or equal to 10 milli",
                "drain.pause=1m | must be shorter than or equal to 19 s",
                "tls.certificate=/a.pem | /a.pem, .private-key: null (expected: both or neither)",
                "tls.port=65536 | must be less than or equal to 65535",
                "upstream.connect-timeout=0s | must be longer than or equal to 1 milli",
                "upstream.response-time-limit=soon | soon",
                "upstream.requests.max-connections=0 | must be greater than or equal to 1",
                "request.body-limit=-1B | must be between 0B and 1GB",
                "request.body-limit=2GB | must be between 0B and 1GB",
                "resilience.retry.budget-ratio=1.5 | must be less than or equal to 1",
                "resilience.retry.max-retries=0 | must be greater than or equal to 1",
                "resilience.circuit-breaker.failure-rate=101 | must be less than or equal to 100",
                "resilience.circuit-breaker.window=500ms | must be longer than or equal to 1 sec",
                "resilience.concurrency-limit.min=500 | concurrency-limit.min: 500 (expected: at most max, 256)",
                "metrics.hosts= | must not be empty",
                "cors.allowed-origins=films.example | films.example (expected: * or origins such as https://films.example",
                "cors.allowed-origins=https://films.example/ | https://films.example/ (expected: * or origins",
                "cors.allowed-origins=https://films.example:443 | https://films.example:443 (expected: * or origins",
                "cors.allowed-origins=null | null (expected: * or origins",
                "cors.allowed-headers=a b | a b (expected: names of headers)",
                "cors.max-age=25h | must be shorter than or equal to 24 h",
                "hsts.preload=true | preload: true, .include-sub-domains: false, .max-age: 30d (expected: with preload,",
                "redirect.enabled=true | redirect.hosts: none (expected: with redirect.enabled, the host names",
                "redirect.port=0 | must be greater than or equal to 1",
                "compression.codings=lzma | lzma",
                "compression.codings= | must not be empty",
                "compression.min-size=2MB | 2097152B (expected: 0B to 1048576B)",
                "http3.public-port=65536 | must be less than or equal to 65535",
                "http3.max-age=0s | must be longer than or equal to 1 second",
                "access-log.format=xml | xml",
                "tracing.endpoint=localhost:4318 | localhost:4318 (expected: an HTTP URL",
                "tracing.probability=1.1 | must be less than or equal to 1",
                "tracing.client-max-rate=-1 | must be greater than or equal to 0",
                "access-log.max-rate=0 | must be greater than or equal to 1",
                "access-log.max-rate=50001 | must be less than or equal to 50000",
                "ratelimit.rate=0 | must be greater than or equal to 0.01",
                "ratelimit.write-burst=0 | must be greater than or equal to 1",
                "ratelimit.redis.uri=localhost:6379 | ratelimit.redis.uri: 14 characters (expected: an address such as",
                "ratelimit.redis.timeout=0s | must be longer than or equal to 1 milli",
                "ratelimit.redis.on-failure=ignore | ignore"
            })
    void failTheStart(String setting, String message, CapturedOutput output) {
        var application = new SpringApplication(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThat(catchThrowable(
                        () -> application.run("--kinoteka.gateway." + setting).close()))
                .isNotNull();

        assertThat(output.getAll()).contains("APPLICATION FAILED TO START", message);
    }

    @ConfigurationPropertiesScan
    static class SettingsOnly {}
}
