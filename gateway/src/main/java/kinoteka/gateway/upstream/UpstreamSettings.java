package kinoteka.gateway.upstream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The catalogue behind the gateway, and the time limits and connections of requests to it.
 *
 * @param catalogue where the catalogue runs, comma-separated when it has several instances: {@code http} or {@code https}, a host,
 *     a port unless it is the scheme's own, and nothing else. Requests are balanced over the instances that are available; one that cannot
 *     be reached is passed by
 * @param credential the secret by which the catalogue recognizes this gateway, one of its
 *     {@code kinoteka.catalog.gateway.credentials}: 32 to 256 visible ASCII characters without a comma. It is sent in the
 *     header {@code Gateway-Credential}, which no client can set. Without it none is sent
 * @param connectTimeout for a new connection, TLS included, and for a health check; then the client gets 503. 1 ms to 1 min
 * @param responseTimeLimit from the request sent to the headers of the response; then the client gets 504. Streams are not ended by it.
 *     1 ms to 10 min
 * @param streamIdleTimeout longest time in which nothing of a streamed response is read, because the catalogue sends nothing or
 *     because the client takes nothing; then both connections are closed. 1 ms to 1 h
 * @param maxIdleTime after which an unused connection is closed; keep it below the idle timeout of the catalogue, which is 60 s,
 *     or a request may meet a connection that is being closed. 1 ms to 1 h
 * @param requests the connections for short responses, per instance
 * @param streams the connections for lists, event streams and request bodies over 64 KB, per instance: slow clients hold these, and
 *     never those for short responses
 * @param healthCheck how it is found out which instances are healthy
 * @param ejection when an instance is passed by before the next health check
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.upstream")
public record UpstreamSettings(
        @DefaultValue("http://localhost:8081") @Size(min = 1, max = 100)
        List<URI> catalogue,

        @Nullable String credential,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration responseTimeLimit,

        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration streamIdleTimeout,

        @DefaultValue("15s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration maxIdleTime,

        @DefaultValue @Valid Pool requests,
        @DefaultValue @Valid Pool streams,
        @DefaultValue @Valid HealthCheckSettings healthCheck,
        @DefaultValue @Valid EjectionSettings ejection) {

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x21-\\x7e&&[^,]]{32,256}");

    public UpstreamSettings {
        credential = credential == null || credential.isEmpty() ? null : credential;
        if (credential != null && !CREDENTIAL.matcher(credential).matches()) {
            throw new IllegalArgumentException("kinoteka.gateway.upstream.credential: " + credential.length()
                    + " characters (expected: 32 to 256 visible ASCII characters, without a comma)");
        }
        catalogue = List.copyOf(new LinkedHashSet<>(catalogue));
        for (var address : catalogue) {
            if (!isAddress(address)) {
                throw new IllegalArgumentException("kinoteka.gateway.upstream.catalogue: " + address
                        + " (expected: http or https, a host and perhaps a port, such as http://localhost:8081)");
            }
        }
    }

    /** Without the credential, which would otherwise get into a log. */
    @Override
    public String toString() {
        return "UpstreamSettings" + catalogue;
    }

    private static boolean isAddress(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }

    /**
     * A bounded pool of connections to one instance.
     *
     * @param maxConnections connections that may exist, that is, requests that the instance processes at a time. 1 to 100000
     * @param pendingAcquireMax requests that may wait for a connection; one more gets 503. 1 to 1000000
     * @param acquireTimeout longest wait for a connection, then 503. 1 ms to 1 min
     */
    public record Pool(
            @DefaultValue("256") @Min(1) @Max(100_000) int maxConnections,
            @DefaultValue("1024") @Min(1) @Max(1_000_000) int pendingAcquireMax,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration acquireTimeout) {}

    /**
     * Each instance is asked for {@code /ping}. While none is healthy, the gateway's own {@code /ping} is 503, so that a load balancer
     * sends clients elsewhere.
     *
     * @param interval from the end of one check to the next. 10 ms to 1 min
     * @param failures checks that may fail in a row before an instance is unhealthy. 0 to 100
     */
    public record HealthCheckSettings(
            @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
            Duration interval,

            @DefaultValue("2") @Min(0) @Max(100) int failures) {}

    /**
     * An instance that requests cannot reach is passed by until a health check succeeds.
     *
     * @param failures requests in a row that cannot reach the instance. 1 to 1000
     */
    public record EjectionSettings(
            @DefaultValue("5") @Min(1) @Max(1000) int failures) {}
}
