package kinoteka.gateway.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A whole gateway that counts in a real Redis, and rejects all requests without it. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.ratelimit.enabled=true",
            "kinoteka.gateway.ratelimit.rate=0.01",
            "kinoteka.gateway.ratelimit.burst=3",
            "kinoteka.gateway.ratelimit.redis.on-failure=reject",
            "kinoteka.gateway.ratelimit.redis.timeout=10s", // as long as the first connection of a process may take
        })
class SharedRateLimitIT {

    private static final RedisServer REDIS = new RedisServer();

    private final int port;
    private final Scrape scrape;

    SharedRateLimitIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        properties.add("kinoteka.gateway.ratelimit.redis.uri", REDIS::uri);
    }

    @BeforeAll
    static void start() throws IOException {
        REDIS.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        REDIS.kill();
    }

    @Test
    void requestsAreCountedInRedis_andRejectedWhileItIsAway() throws Exception {
        for (var left = 2; left >= 0; left--) {
            var response = get("127.8.0.1", "/api/movie/1");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("ratelimit")).isEqualTo("\"requests\";r=" + left + ";t=100");
        }
        assertThat(get("127.8.0.1", "/api/movie/1").status()).isEqualTo(429);
        scrape.awaitSum(1, "ratelimit_rejected_total", "scope=\"address\"", "group=\"requests\"");
        assertThat(scrape.sum("ratelimit_redis_failures_total")).isZero();

        REDIS.kill();

        var rejected = get("127.8.0.2", "/api/movie/1");
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.body()).contains("\"type\":\"/problems/rate-limit-unavailable\"");
        assertThat(rejected.header("retry-after")).isEqualTo("1");
        assertThat(get("127.8.0.2", "/ping").status()).isEqualTo(200);
        assertThat(scrape.sum("ratelimit_redis_failures_total")).isPositive();

        REDIS.start();

        Awaitility.await("Redis responds")
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("127.8.0.3", "/api/movie/1").status() != 503);
    }

    private Wire.Answer get(String address, String target) throws IOException {
        try (var client = Wire.from(address, port)) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
        }
    }
}
