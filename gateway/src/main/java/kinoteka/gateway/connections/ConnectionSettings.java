package kinoteka.gateway.connections;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import kinoteka.gateway.settings.DataSizeRange;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on the connections of clients. The HTTP and the HTTPS port count together; the operators' port has no limit.
 *
 * @param totalLimit connections that may be open at the same time. One more is closed at once. 1 to 1000000
 * @param clientLimit connections that one client, an IPv4 address or an IPv6 network of 56 bits, may have open at the same time. One
 *     more is closed at once. Set it to {@code total-limit} if clients reach the gateway through a proxy that hides
 *     their addresses. 1 to 1000000
 * @param clientStreams lists, streams of events and long request bodies of one client that may be in progress at the same time. One more
 *     is rejected with 429. All clients share {@code kinoteka.gateway.upstream.streams.max-connections}. 1 to 1000000
 * @param unlimitedNetworks addresses to which none of these limits applies, as comma-separated networks in CIDR notation: those of
 *     health checks, which must succeed when a limit is reached. 198.18.0.0/15 is not routed on the
 *     Internet; the network load balancers of Yandex Cloud check from there
 * @param writeTimeout time after which a connection is closed if its client has received nothing of what waits to be sent to it. On
 *     HTTP/2 also the time after which a stream is reset if nothing of its response could be sent. 1 ms to 1 h
 * @param lingerTimeout after a response that ended before its request did, time in which the rest of the request is read and
 *     discarded, so that the client can read the response. Then the connection is closed (HTTP/1.1) or the stream is reset
 *     (HTTP/2). 1 ms to 1 min
 * @param lingerLimit how much of the rest of such a request is read and discarded at most (HTTP/1.1; on HTTP/2, 64 KB). 0 to
 *     1 GB
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.connections")
public record ConnectionSettings(
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int totalLimit,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int clientLimit,
        @DefaultValue("64") @Min(1) @Max(1_000_000) int clientStreams,

        @DefaultValue({"127.0.0.0/8", "::1/128", "198.18.0.0/15"})
        List<Network> unlimitedNetworks,

        @DefaultValue("1m") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration writeTimeout,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration lingerTimeout,

        @DefaultValue("16MB") @DataSizeRange(max = "1GB") DataSize lingerLimit) {

    public ConnectionSettings {
        unlimitedNetworks = List.copyOf(unlimitedNetworks);
    }

    /** Whether the limits do not apply to this address. */
    public boolean isUnlimited(InetAddress address) {
        for (var network : unlimitedNetworks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
