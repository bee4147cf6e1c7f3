package kinoteka.catalog.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kinoteka.catalog.Bearer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The network is real; time is not. */
@ExtendWith(OutputCaptureExtension.class)
class JwkSetCacheIT {

    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(1);

    private final Issuer issuer = new Issuer();
    private final ECKey key = Issuer.key("one");
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger fetches = new AtomicInteger();
    private JwkSetCache cache;
    private ReactiveJwtDecoder decoder;

    @BeforeEach
    void connect() {
        var settings = new TokenSettings.Jwks(
                issuer.jwks(),
                REFRESH_INTERVAL,
                MAX_AGE,
                Duration.ofSeconds(1),
                UNKNOWN_KEY_INTERVAL,
                TIMEOUT,
                DataSize.ofKilobytes(8));
        Mono<List<JWK>> fetch =
                new JwkSetEndpoint(settings, time).fetch().doOnSubscribe(any -> fetches.incrementAndGet());
        cache = new JwkSetCache(fetch, settings, time, () -> 0, new FetchReport(settings, time, metrics));
        decoder = TokenDecoder.create(cache, Issuer.NAME, "kinoteka", Clock.systemUTC());
        issuer.publishes(key);
    }

    @AfterEach
    void close() {
        cache.stop();
        issuer.close();
    }

    @Test
    void fetchesTheKeysOnceForManyTokens() {
        assertThat(decode(key).getSubject()).isEqualTo("7");
        decode(key);

        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void fetchesTheKeysOnceForRequestsAtTheSameTime() {
        var go = Sinks.empty();
        issuer.publishes(go.asMono(), key);

        CompletableFuture<@Nullable List<Jwt>> decoded = Flux.merge(IntStream.range(0, 50)
                        .mapToObj(request -> decoder.decode(token(key)))
                        .toList())
                .collectList()
                .toFuture();
        await().until(() -> issuer.requests() > 0);
        go.tryEmitEmpty();

        await().until(decoded::isDone);
        assertThat(decoded.join()).hasSize(50);
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void completesAFetchWhoseRequestWasCancelled() {
        var go = Sinks.empty();
        issuer.publishes(go.asMono(), key);

        var cancelled = decoder.decode(token(key)).subscribe();
        await().until(() -> issuer.requests() > 0);
        cancelled.dispose();
        CompletableFuture<@Nullable Jwt> waiting = decoder.decode(token(key)).toFuture();
        go.tryEmitEmpty();

        await().until(waiting::isDone);
        assertThat(waiting.join()).extracting(Jwt::getSubject).isEqualTo("7");
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void fetchesTheKeysBeforeTheFirstRequest() {
        start();

        assertThat(fetched("success")).isEqualTo(1);
        issuer.close();
        assertThat(decode(key).getSubject()).isEqualTo("7");
    }

    @Test
    void rejectsTokensOfAWithdrawnKeyOnceTheRefreshIntervalHasPassed(CapturedOutput log) {
        start();
        issuer.publishes(Issuer.key("two"));

        time.advanceTimeBy(REFRESH_INTERVAL.minus(TICK));
        assertThat(fetches).hasValue(1);
        assertThat(decode(key).getSubject()).isEqualTo("7");

        time.advanceTimeBy(TICK);
        awaitFetches("success", 2);
        assertThatThrownBy(() -> decode(key)).isInstanceOf(BadJwtException.class);
        assertThat(log).contains("Tokens are verified with 1 keys of the issuer; added: [two], withdrawn: [one]");
    }

    @Test
    void usesKnownKeysWhileTheIssuerIsAwayAndNoLongerThanTheirMaximumAge() {
        start();
        issuer.close();

        time.advanceTimeBy(MAX_AGE.minus(TICK));
        assertThat(decode(key).getSubject()).isEqualTo("7");

        time.advanceTimeBy(TICK);
        assertUnverifiable(() -> decode(key));
    }

    @Test
    void cannotVerifyTokensBeforeTheFirstKeysHaveArrived() {
        issuer.close();

        assertUnverifiable(() -> decode(key));
    }

    @Test
    void fetchesAgainForAnUnknownKeyButNotForEveryTokenThatNamesOne() {
        decode(key);
        var fresh = Issuer.key("fresh");

        assertThatThrownBy(() -> decode(fresh)).isInstanceOf(BadJwtException.class);
        time.advanceTimeBy(UNKNOWN_KEY_INTERVAL.minus(TICK));
        assertThatThrownBy(() -> decode(fresh)).isInstanceOf(BadJwtException.class);
        assertThat(issuer.requests()).isEqualTo(1);

        time.advanceTimeBy(TICK);
        issuer.publishes(key, fresh);
        assertThat(decode(fresh).getSubject()).isEqualTo("7");
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void cannotVerifyATokenOfAnUnknownKeyWhileTheIssuerIsAway() {
        decode(key);
        issuer.close();
        time.advanceTimeBy(UNKNOWN_KEY_INTERVAL);

        assertUnverifiable(() -> decode(Issuer.key("fresh")));
        assertUnverifiable(() -> decode(Issuer.key("fresh")));

        assertThat(fetches).hasValue(2);
        assertThat(decode(key).getSubject()).isEqualTo("7");
    }

    @Test
    void doublesThePauseBetweenFetchesThatFail() {
        issuer.behaves((request, response) -> response.status(500).send());
        cache.start();
        awaitFetches("failure", 1);

        var failures = 1;
        for (var seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)) {
            time.advanceTimeBy(Duration.ofSeconds(seconds).minus(TICK));
            assertUnverifiable(() -> decode(key));
            assertThat(fetches)
                    .as("before the pause of %s s has ended", seconds)
                    .hasValue(failures);
            time.advanceTimeBy(TICK);
            awaitFetches("failure", ++failures);
        }
    }

    @Test
    void forgetsTheBackoffAfterASuccess() {
        issuer.behaves((request, response) -> response.status(500).send());
        cache.start();
        awaitFetches("failure", 1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        awaitFetches("failure", 2);

        issuer.publishes(key);
        time.advanceTimeBy(Duration.ofSeconds(2));
        awaitFetches("success", 1);
        assertThat(decode(key).getSubject()).isEqualTo("7");

        issuer.behaves((request, response) -> response.status(500).send());
        time.advanceTimeBy(REFRESH_INTERVAL);
        awaitFetches("failure", 3);
        time.advanceTimeBy(Duration.ofSeconds(1));
        awaitFetches("failure", 4);
    }

    static Stream<Arguments> badResponses() {
        return Stream.of(
                bad("nothing", (request, response) -> response.send()),
                bad("not JSON", (request, response) -> response.sendString(Mono.just("<html>"))),
                bad("no key set", (request, response) -> response.sendString(Mono.just("{\"error\":\"busy\"}"))),
                bad(
                        "too large",
                        (request, response) ->
                                response.sendString(Mono.just("{\"keys\":[]," + " ".repeat(8 * 1024) + "\"a\":1}"))),
                bad("an error with keys", (request, response) -> response.status(500)
                        .sendString(Mono.just("{\"keys\":[]}"))),
                bad("not found", (request, response) -> response.sendNotFound()),
                bad("another success", (request, response) -> response.status(203)
                        .sendString(Mono.just("{\"keys\":[]}"))),
                bad("a redirect", (request, response) -> response.sendRedirect("/elsewhere")),
                bad("cut off", (request, response) -> response.header("Content-Length", "1000")
                        .sendObject(Unpooled.copiedBuffer("{\"keys\":[]", StandardCharsets.UTF_8))
                        .then(Mono.fromRunnable(() -> response.withConnection(connection -> connection.dispose())))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badResponses")
    void keepsTheKnownKeysWhenTheResponseIs(
            String what, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour) {
        start();
        issuer.behaves(behaviour);

        time.advanceTimeBy(REFRESH_INTERVAL);
        awaitFetches("failure", 1);

        assertThat(decode(key).getSubject()).isEqualTo("7");
        assertThat(issuer.requestsAfterRedirect()).isZero();
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                bad("no response", (request, response) -> Mono.never()),
                bad("no body", (request, response) -> response.sendHeaders().then(Mono.never())),
                bad(
                        "no end",
                        (request, response) ->
                                response.sendString(Flux.just("{\"keys\":[").concatWith(Mono.never()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void givesUpAtTheTimeoutWhenThereIs(
            String what, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour) {
        issuer.behaves(behaviour);

        CompletableFuture<@Nullable Jwt> waiting = decoder.decode(token(key)).toFuture();
        await().until(() -> issuer.requests() > 0);
        time.advanceTimeBy(TIMEOUT.minus(TICK));
        assertThat(waiting).isNotDone();
        time.advanceTimeBy(TICK);

        await().until(waiting::isDone);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    void acceptsAnIssuerThatWithdrawsAllKeys() {
        start();
        issuer.publishes();

        time.advanceTimeBy(REFRESH_INTERVAL);
        awaitFetches("success", 2);

        assertThatThrownBy(() -> decode(key)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void warnsAtMostOnceInARefreshIntervalAndSaysWhatFollows(CapturedOutput log) {
        start();
        issuer.behaves((request, response) -> response.status(500).send());

        time.advanceTimeBy(REFRESH_INTERVAL);
        awaitFetches("failure", 1);
        for (int failures = 2; failures <= 8; failures++) { // 127 s
            time.advanceTimeBy(Duration.ofSeconds(1 << (failures - 2)));
            awaitFetches("failure", failures);
        }
        assertThat(warnings(log))
                .singleElement()
                .asString()
                .contains(
                        "The issuer's keys cannot be fetched from " + issuer.jwks(),
                        "status: 500 INTERNAL_SERVER_ERROR (expected: 200 OK)",
                        "those that are known are used until they are PT1H old");

        time.advanceTimeBy(Duration.ofSeconds(128)); // 255 s
        awaitFetches("failure", 9);
        assertThat(warnings(log)).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(256)); // 511 s
        awaitFetches("failure", 10);
        assertThat(warnings(log)).hasSize(2);
        for (int failures = 11; failures <= 20; failures++) {
            time.advanceTimeBy(REFRESH_INTERVAL);
            awaitFetches("failure", failures);
        }
        assertThat(warnings(log)).hasSize(12);
        assertThat(warnings(log).getLast()).contains("too old, so that requests with a token are answered 503");

        issuer.publishes(key);
        time.advanceTimeBy(REFRESH_INTERVAL);
        await().untilAsserted(() -> assertThat(log).contains("The issuer's keys can be fetched again"));
    }

    @Test
    void warnsWhenThereAreNoKeysYet(CapturedOutput log) {
        issuer.close();
        cache.start();
        awaitFetches("failure", 1);

        assertThat(warnings(log))
                .singleElement()
                .asString()
                .contains("there are none yet, so that requests with a token are answered 503");
        assertThat(metrics.get("jwks.age").gauge().value()).isNaN();
    }

    @Test
    void measuresTheAgeOfTheKeys() {
        time.advanceTimeBy(Duration.ofHours(1)); // so that the keys were not fetched at the beginning of time
        start();
        time.advanceTimeBy(Duration.ofSeconds(90));

        assertThat(metrics.get("jwks.age").gauge().value()).isEqualTo(90);
    }

    @Test
    void stopsFetching() {
        start();
        assertThat(cache.isRunning()).isTrue();
        cache.stop();

        time.advanceTimeBy(MAX_AGE);

        assertThat(cache.isRunning()).isFalse();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void neverAcceptsTheDevelopmentKeyWhateverItsName() {
        var renamed = new ECKey.Builder(Bearer.KEY).keyID("production").build();
        issuer.publishes(renamed.toPublicJWK());

        assertThatThrownBy(() -> decode(renamed)).isInstanceOf(BadJwtException.class);
    }

    private void start() {
        cache.start();
        awaitFetches("success", 1);
    }

    private Jwt decode(ECKey signer) {
        var decoded = decoder.decode(token(signer)).block();
        assertThat(decoded).isNotNull();
        return decoded;
    }

    private static String token(ECKey signer) {
        return Bearer.sign(
                signer, Bearer.claims("7", "customer").issuer(Issuer.NAME).build());
    }

    private static void assertUnverifiable(ThrowingCallable decoding) {
        assertThatThrownBy(decoding).isInstanceOf(AuthenticationServiceException.class);
    }

    private int fetched(String result) {
        return (int) metrics.get("jwks.fetches").tag("result", result).counter().count();
    }

    private void awaitFetches(String result, int count) {
        await().untilAsserted(() -> assertThat(fetched(result)).isEqualTo(count));
    }

    private static List<String> warnings(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains("The issuer's keys cannot be fetched"))
                .toList();
    }

    private static Arguments bad(
            String what, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour) {
        return Arguments.of(what, behaviour);
    }
}
