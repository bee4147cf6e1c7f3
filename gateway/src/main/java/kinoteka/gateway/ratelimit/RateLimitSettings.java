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
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on the requests of one client: one IPv4 address or one IPv6 network of 64 bits, and in addition the subject of a token that the
 * catalogue has verified. A request over a limit is rejected with 429. {@code /ping} has no limit.
 *
 * @param enabled whether requests are limited
 * @param rate requests per second of one client in the long run. 0.01 to 1000000
 * @param burst requests that one client may send at once. 1 to 1000000
 * @param listRate the same as {@code rate}, for reads of lists, of streams of events and of the documentation. They also count as requests
 * @param listBurst the same as {@code burst}, for these reads
 * @param writeRate the same as {@code rate}, for requests that create, change or delete something, other than accounts
 * @param writeBurst the same as {@code burst}, for these requests
 * @param accountRate the same as {@code rate}, for registrations and changes of accounts, because hashing passwords is expensive
 * @param accountBurst the same as {@code burst}, for these requests
 * @param maxBuckets number of buckets: one for each client and each of the four limits that has counted its requests in the last seconds. Each
 *     takes about 300 bytes of memory. If it is reached, new clients share buckets. 1 to 100000000
 * @param redis how several gateways count together
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.ratelimit")
public record RateLimitSettings(
        @DefaultValue("true") boolean enabled,

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
        @DefaultValue("200000") @Min(1) @Max(100_000_000) int maxBuckets,
        @DefaultValue @Valid RedisSettings redis) {

    Map<Group, Limit> limits() {
        return new EnumMap<>(Map.of(
                Group.REQUESTS, new Limit(rate, burst),
                Group.LISTS, new Limit(listRate, listBurst),
                Group.WRITES, new Limit(writeRate, writeBurst),
                Group.ACCOUNTS, new Limit(accountRate, accountBurst)));
    }
}
