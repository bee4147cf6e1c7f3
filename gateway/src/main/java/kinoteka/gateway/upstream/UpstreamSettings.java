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
 * The services behind the gateway and how long it has patience with them.
 *
 * @param catalogue where the catalogue is, comma-separated where it is in several places: {@code http} or {@code https}, a
 *     host, a port if need be, and nothing else. Requests go round those that answer; one that finds nobody goes on to the
 *     next
 * @param credential the secret by which the catalogue recognizes this gateway, one of its
 *     {@code kinoteka.catalog.gateway.credentials}: 32 to 256 visible ASCII characters without a comma. It is sent in the
 *     header {@code Gateway-Credential}, which no client can set. Without it none is sent
 * @param connectTimeout for a new connection, after which the client is answered 503. 1 ms to 1 min
 * @param responseTimeLimit from the request sent to the headers of the answer, after which the client is answered
 *     504. Bodies are not cut by it. 1 ms to 10 min
 * @param stallLimit longest time in which no byte of a streamed answer is read, be it that the upstream sends none or
 *     that the client takes none; then both connections are closed. Since up to 1 MiB is under way to a client, one that
 *     takes less than about 10 KB/s is cut too. 1 ms to 1 h
 * @param pool the connections kept to each upstream
 * @param probe how it is found out which addresses answer
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
        Duration stallLimit,

        @DefaultValue @Valid Pool pool,
        @DefaultValue @Valid ProbeSettings probe) {

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
     * A bounded pool; the connection that came back last is used first, so that surplus ones grow idle and close.
     *
     * @param maxConnections connections to one upstream, that is, requests under way there. 1 to 100000
     * @param pendingAcquireMax requests that may wait for a connection; one more is answered 503. 1 to 1000000
     * @param acquireTimeout longest wait for a connection, then 503. 1 ms to 1 min
     * @param maxIdleTime after which an idle connection is closed; keep it below the upstream's own idle time-out (the
     *     catalogue's is 60 s), or a request may meet a connection that is being closed. 1 ms to 1 h
     * @param evictionInterval how often idle connections are looked over. 1 ms to 1 h
     */
    public record Pool(
            @DefaultValue("256") @Min(1) @Max(100_000) int maxConnections,
            @DefaultValue("1024") @Min(1) @Max(1_000_000) int pendingAcquireMax,

            @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
            Duration acquireTimeout,

            @DefaultValue("15s") @DurationMin(millis = 1) @DurationMax(hours = 1)
            Duration maxIdleTime,

            @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(hours = 1)
            Duration evictionInterval) {}

    /**
     * Each address is asked for {@code /ping}. While none answers, the gateway's own {@code /ping} is 503, so that a load
     * balancer sends clients elsewhere.
     *
     * @param interval from one question to the next. 10 ms to 1 min
     * @param failures that may come in a row before an address is given up; one that refuses a request's connection is at
     *     once. 0 to 100
     */
    public record ProbeSettings(
            @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 1)
            Duration interval,

            @DefaultValue("2") @Min(0) @Max(100) int failures) {}
}
