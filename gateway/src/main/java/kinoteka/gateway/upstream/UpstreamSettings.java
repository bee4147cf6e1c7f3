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
 * Settings of the requests to the catalogue: its addresses, time limits, connection pools and health checks.
 *
 * @param catalogue URLs of the instances of the catalogue, comma-separated. Each consists of {@code http} or {@code https}, a host, and a
 *     port unless it is the default port of the scheme. Requests are balanced over the available instances. 1 to 100 instances
 * @param credential the secret by which the catalogue authenticates this gateway, one of its
 *     {@code kinoteka.catalog.gateway.credentials}: 32 to 256 visible ASCII characters without a comma. It is sent in the
 *     header {@code Gateway-Credential}, which clients cannot set. If it is not set, the header is not sent
 * @param connectTimeout time limit for establishing a connection, including the TLS handshake, and for a health check. If no instance can
 *     be reached, the client receives 503. 1 ms to 1 min
 * @param responseTimeLimit longest time between the end of the request and the headers of the response; then the client receives 504.
 *     Streams are not limited by it. 1 ms to 10 min
 * @param streamIdleTimeout longest time during which no part of a streamed response is read, because either the catalogue does not send
 *     or the client does not receive; then both connections are closed. 1 ms to 1 h
 * @param maxIdleTime time after which an unused connection is closed. It must be shorter than the idle timeout of the catalogue, which is
 *     60 s, because otherwise a request may be sent on a connection that the catalogue is closing. 1 ms to 1 h
 * @param requests the connection pool for short responses, per instance
 * @param streams the connection pool for lists, event streams and request bodies over 64 KB, per instance. Slow clients can occupy only
 *     these connections
 * @param healthCheck health checks of the instances
 * @param ejection ejection of instances that requests cannot reach
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

    private static final int LARGEST_PORT = 65_535;
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
                        + " (expected: http or https, a host and optionally a port, such as http://localhost:8081)");
            }
        }
    }

    /** Omits the credential, so that it is not logged. */
    @Override
    public String toString() {
        return "UpstreamSettings" + catalogue;
    }

    private static boolean isAddress(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= LARGEST_PORT
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }

    /**
     * A bounded connection pool of one instance.
     *
     * @param maxConnections maximum number of connections, and so of requests that the instance processes at the same time. 1 to 100000
     * @param pendingAcquireMax maximum number of requests that wait for a connection; further ones receive 503. 1 to 1000000
     * @param acquireTimeout longest time that a request waits for a connection; then it receives 503. 1 ms to 1 min
     */
    public record Pool(
            @DefaultValue("256") @Min(1) @Max(100_000) int maxConnections,
            @DefaultValue("1024") @Min(1) @Max(1_000_000) int pendingAcquireMax,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration acquireTimeout) {}

    /**
     * Health checks, which request {@code /ping} of each instance. While none is healthy, {@code /ping} of the gateway responds with 503,
     * so that load balancers use other gateways.
     *
     * @param interval time between the end of a check and the beginning of the next one. 10 ms to 1 min
     * @param failures number of consecutive checks that may fail; if one more fails, the instance is unhealthy. 0 to 100
     */
    public record HealthCheckSettings(
            @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
            Duration interval,

            @DefaultValue("2") @Min(0) @Max(100) int failures) {}

    /**
     * Ejection of instances that requests cannot reach. An ejected instance receives no requests until a health check succeeds, unless no
     * instance is available.
     *
     * @param failures number of consecutive requests that cannot reach the instance, after which it is ejected. 1 to 1000
     */
    public record EjectionSettings(
            @DefaultValue("5") @Min(1) @Max(1000) int failures) {}
}
