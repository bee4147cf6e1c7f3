package kinoteka.gateway.ratelimit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.EnumMap;
import java.util.Map;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.Limit;
import kinoteka.gateway.ratelimit.redis.RedisSettings;
import kinoteka.gateway.settings.AtStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on the requests of one client: one IPv4 address or one IPv6 network of 64 bits, and in addition the subject of a token that the
 * catalogue has verified. A request over a limit is rejected with 429. {@code /ping} has no limit.
 *
 * @param enabled whether requests are limited
 * @param rate requests per second of one client in the long run, of whatever kind. 0.01 to 1000000
 * @param burst requests that one client may send at once, of whatever kind. 1 to 1000000
 * @param listRate reads per second of lists, of {@code /api/changes} and of the documentation, by one client in the long run. They also
 *     count in {@code rate}. 0.01 to 1000000
 * @param listBurst such reads that one client may send at once. 1 to 1000000
 * @param writeRate requests per second that create, change or delete something other than accounts, by one client in the long run. They
 *     also count in {@code rate}. 0.01 to 1000000
 * @param writeBurst such requests that one client may send at once. 1 to 1000000
 * @param accountRate registrations and changes of accounts per second, by one client in the long run. They also count in {@code rate}, and
 *     the limit is low because the catalogue may have to hash a password. 0.01 to 1000000
 * @param accountBurst such requests that one client may send at once. 1 to 1000000
 * @param cancelledCost how often a request counts in {@code rate} if its client cancels it before the catalogue responds: an instance
 *     processes it nevertheless, and a connection to it is lost. 1 to 1000
 * @param maxBuckets number of clients that are counted at the same time, multiplied by the number of limits that apply to them. Each takes
 *     about 320 bytes until its limit is available completely again. Further clients share limits. 1 to 100000000
 * @param redis how several gateways count together
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.ratelimit")
public record RateLimitSettings(
        @AtStart @DefaultValue("true") boolean enabled,

        @DefaultValue("200") @DecimalMin("0.01") @DecimalMax("1000000")
        double rate,

        @DefaultValue("1000") @Min(1) @Max(1_000_000) int burst,

        @DefaultValue("50") @DecimalMin("0.01") @DecimalMax("1000000")
        double listRate,

        @DefaultValue("250") @Min(1) @Max(1_000_000) int listBurst,

        @DefaultValue("20") @DecimalMin("0.01") @DecimalMax("1000000")
        double writeRate,

        @DefaultValue("100") @Min(1) @Max(1_000_000) int writeBurst,

        @DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1000000")
        double accountRate,

        @DefaultValue("30") @Min(1) @Max(1_000_000) int accountBurst,
        @DefaultValue("10") @Min(1) @Max(1000) int cancelledCost,
        @DefaultValue("200000") @Min(1) @Max(100_000_000) int maxBuckets,
        @DefaultValue @NestedConfigurationProperty @Valid RedisSettings redis) {

    Map<Group, Limit> limits() {
        return new EnumMap<>(Map.of(
                Group.REQUESTS, new Limit(rate, burst),
                Group.LISTS, new Limit(listRate, listBurst),
                Group.WRITES, new Limit(writeRate, writeBurst),
                Group.ACCOUNTS, new Limit(accountRate, accountBurst)));
    }
}
