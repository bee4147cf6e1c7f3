package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DateFormatter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import kinoteka.gateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

/**
 * The requirements of RFC 9111 for shared caches, and of the RFCs that extend it. Each test is named after the section. The upstream
 * proves that it reads from the primary, which is a requirement of this cache besides.
 */
@GatewayTest
class Rfc9111IT extends CacheIntegration {

    private static final String FRESH = "max-age=60";

    Rfc9111IT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        super(port, operatorsPort);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 301, 308, 404, 410})
    void section3_aResponseWithAStatusThatTheCacheUnderstandsIsStored(int status) throws IOException {
        assertThat(isStored(status, "Cache-Control", FRESH)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 206, 302, 400, 429, 500, 503})
    void section3_aResponseWithAnotherStatusIsNotStored(int status) throws IOException {
        assertThat(isStored(status, "Cache-Control", FRESH)).isFalse();
    }

    @Test
    void section3_1_connectionHeadersAreNotStored() throws IOException {
        answers("x", "Cache-Control", FRESH, "Connection", "X-Hop", "X-Hop", "1", "Keep-Alive", "5", "X-End", "2");
        get(film);

        assertThat(get(film).headers()).containsEntry("x-end", "2").doesNotContainKeys("x-hop", "keep-alive");
    }

    @Test
    void section3_2_a304UpdatesTheStoredHeaders() throws IOException {
        answers("x", "Cache-Control", "max-age=0", "X-Version", "1");
        get(film);
        answers("x", "Cache-Control", FRESH, "X-Version", "2");
        assertThat(status(get(film))).isEqualTo("fwd=stale; fwd-status=304; stored");

        var hit = get(film);

        assertThat(status(hit)).isEqualTo("hit");
        assertThat(hit.headers()).containsEntry("x-version", "2").containsEntry("content-length", "1");
        assertThat(hit.body()).isEqualTo("x");
    }

    @Test
    void section3_3_anIncompleteResponseIsNotStored() throws IOException {
        CATALOGUE.answers((request, response) -> {
            calls.incrementAndGet();
            return response.header("Cache-Control", FRESH)
                    .header("Gateway-Read", "primary")
                    .header("Content-Length", "10")
                    .sendString(Mono.just("short"))
                    .then()
                    .doOnTerminate(() -> response.withConnection(connection -> connection.dispose()));
        });
        assertThat(get(film).status()).isIn(502, 504);
        assertThat(get(film).status()).isIn(502, 504);
        assertThat(calls).hasValue(2);
    }

    @Test
    void section3_5_responsesToRequestsWithAuthorizationAreNotShared() throws IOException {
        answers("x", "Cache-Control", "public, s-maxage=60");
        get(film, "Authorization", "Bearer a");

        assertThat(status(get(film, "Authorization", "Bearer b"))).isEqualTo("fwd=bypass");
        assertThat(status(get(film))).isEqualTo("fwd=miss; stored");
    }

    @Test
    void section4_theAgeIsSentWithAResponseThatWasNotValidated() throws IOException {
        answers("x", "Cache-Control", FRESH, "Age", "7");
        get(film);

        assertThat(Long.parseLong(get(film).header("age"))).isBetween(7L, 10L);
    }

    @Test
    void section4_unsafeMethodsAreForwarded() throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);
        var before = calls.get();

        send("PUT", film);
        send("DELETE", film);

        assertThat(calls).hasValue(before + 2);
    }

    @Test
    void section4_1_aStoredResponseIsSelectedByTheHeadersOfVary() throws IOException {
        answers("x", "Cache-Control", FRESH, "Vary", "Accept, X-Client");
        get(film, "X-Client", "a"); // the cache learns the names

        assertThat(status(get(film, "X-Client", "a"))).isEqualTo("fwd=miss; stored");
        assertThat(status(get(film, "X-Client", "a"))).isEqualTo("hit");
        assertThat(status(get(film, "X-Client", "b"))).isEqualTo("fwd=miss; stored");
        assertThat(status(get(film))).isEqualTo("fwd=miss; stored");
        assertThat(status(get(film, "X-Client", "a", "Accept", "application/x-ndjson")))
                .isEqualTo("fwd=miss; stored");
        assertThat(status(get(film, "X-Client", "a", "Accept", "application/json")))
                .isEqualTo("hit");
        assertThat(status(get(film, "X-Client", "a", "Accept", "*/*"))).isEqualTo("hit");
    }

    @Test
    void section4_1_aResponseThatVariesByEverythingIsNotStored() throws IOException {
        assertThat(isStored(200, "Cache-Control", FRESH, "Vary", "Accept, *")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | true",
                "MAX-AGE=60 | true",
                "max-age=\"60\" | true",
                "s-maxage=60 | true",
                "max-age=0, s-maxage=60 | true",
                "max-age=60, s-maxage=0 | false",
                "max-age=0 | false",
                "max-age=x | false",
                "max-age=-5 | false",
                "max-age=60, max-age=90 | false",
                "max-age=60, no-cache | false",
                "public | false",
                "x=\"max-age=60\" | false"
            })
    void section4_2_1_aResponseIsFreshIfItSaysSo(String control, boolean isFresh) throws IOException {
        answers("x", "Cache-Control", control);
        get(film);

        assertThat(status(get(film)).equals("hit")).isEqualTo(isFresh);
    }

    @ParameterizedTest
    @CsvSource({"60,true", "0,false", "-60,false"})
    void section4_2_1_expiresIsUsedWithoutMaxAge(int seconds, boolean isFresh) throws IOException {
        var now = Instant.now();
        answers("x", "Date", date(now), "Expires", date(now.plusSeconds(seconds)));
        get(film);

        assertThat(status(get(film)).equals("hit")).isEqualTo(isFresh);
    }

    @Test
    void section4_2_2_nothingIsFreshOnAGuess() throws IOException {
        answers("x", "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
        get(film);

        assertThat(status(get(film))).startsWith("fwd=stale");
    }

    @Test
    void section4_2_3_theAgeCountsFromTheDateOfTheResponse() throws IOException {
        answers("x", "Cache-Control", "max-age=60", "Date", date(Instant.now().minus(Duration.ofSeconds(50))));
        get(film);
        assertThat(Long.parseLong(get(film).header("age"))).isBetween(50L, 55L);

        answers("y", "Cache-Control", "max-age=60", "Date", date(Instant.now().minus(Duration.ofSeconds(70))));
        get("/api/movie/1000" + id);
        assertThat(status(get("/api/movie/1000" + id))).startsWith("fwd=stale");
    }

    @Test
    void section4_2_4_aStaleResponseIsSentOnlyIfTheClientAgrees() throws IOException {
        answers("x", "Cache-Control", "max-age=60", "Age", "100");
        get(film);

        assertThat(status(get(film, "Cache-Control", "max-stale=50"))).isEqualTo("hit; detail=stale");
        assertThat(status(get(film, "Cache-Control", "max-stale"))).isEqualTo("hit; detail=stale");
        assertThat(status(get(film, "Cache-Control", "max-stale=10"))).startsWith("fwd=stale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=60", "no-cache"})
    void section4_2_4_aStaleResponseIsNotSentIfItForbidsThat(String directive) throws IOException {
        answers("x", "Cache-Control", "max-age=60, " + directive, "Age", "100");
        get(film);

        assertThat(status(get(film, "Cache-Control", "max-stale"))).startsWith("fwd=stale");
    }

    @Test
    void section4_3_1_aStaleResponseIsValidatedByItsEntityTag() throws IOException {
        var condition = new AtomicReference<String>();
        answers("x", "Cache-Control", "max-age=0");
        var etag = get(film).header("etag");
        CATALOGUE.answers((request, response) -> {
            condition.set(request.requestHeaders().get("If-None-Match"));
            return response.status(304)
                    .header("Gateway-Read", "primary")
                    .header("ETag", etag)
                    .send();
        });

        get(film, "If-None-Match", "\"other\"");

        assertThat(condition.get()).isEqualTo(etag);
    }

    @Test
    void section4_3_2_aConditionIsEvaluatedForTheStoredResponse() throws IOException {
        answers("x", "Cache-Control", FRESH);
        var etag = get(film).header("etag");

        assertThat(get(film, "If-None-Match", "\"other\", W/" + etag).status()).isEqualTo(304);
        assertThat(get(film, "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(get(film, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(status(get(film, "If-None-Match", "\"other\""))).isEqualTo("hit");
    }

    @Test
    void section4_3_2_conditionsThatTheCacheDoesNotEvaluateAreForwarded() throws IOException {
        answers("x", "Cache-Control", FRESH);
        var etag = get(film).header("etag");

        for (var header : new String[] {"If-Match", "If-Unmodified-Since", "If-Modified-Since", "Range", "If-Range"}) {
            assertThat(status(get(film, header, etag))).as(header).isEqualTo("fwd=bypass");
        }
        assertThat(status(get(film, "If-None-Match", "malformed"))).isEqualTo("fwd=bypass");
    }

    @Test
    void section4_3_3_anotherResponseReplacesTheStoredOne() throws IOException {
        answers("x", "Cache-Control", "max-age=0");
        get(film);
        answers("y", "Cache-Control", FRESH);

        assertThat(status(get(film))).isEqualTo("fwd=stale; stored");
        assertThat(get(film).body()).isEqualTo("y");
    }

    @Test
    void section4_3_5_headIsAnsweredFromAResponseToGet() throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);

        assertThat(status(send("HEAD", film))).isEqualTo("hit");
    }

    @ParameterizedTest
    @CsvSource({"200,false", "204,false", "301,false", "404,true", "412,true", "500,false"})
    void section4_4_anUnsafeRequestInvalidatesItsTargetUnlessItIsRejected(int status, boolean isStillStored)
            throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);
        answers(status, "");
        send("DELETE", film);
        answers("x", "Cache-Control", FRESH);

        assertThat(status(get(film)).equals("hit")).isEqualTo(isStillStored);
    }

    @ParameterizedTest
    @CsvSource({"Location,false", "Content-Location,false"})
    void section4_4_anUnsafeRequestInvalidatesWhatItsResponseNames(String header, boolean isStillStored)
            throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);
        answers(201, "", header, film);
        send("POST", "/api/person");
        answers("x", "Cache-Control", FRESH);

        assertThat(status(get(film)).equals("hit")).isEqualTo(isStillStored);
    }

    @Test
    void section4_4_anotherOriginIsNotInvalidated() throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);
        answers(201, "", "Location", "https://other.example" + film);
        send("POST", "/api/person");

        assertThat(status(get(film))).isEqualTo("hit");
    }

    @Test
    void section5_1_theFirstOfSeveralAgesIsUsed() throws IOException {
        answers("x", "Cache-Control", FRESH, "Age", "7, 100");
        get(film);

        assertThat(Long.parseLong(get(film).header("age"))).isBetween(7L, 10L);
    }

    @Test
    void section5_2_1_1_maxAgeOfARequestLimitsTheAge() throws IOException {
        answers("x", "Cache-Control", "max-age=60", "Age", "30");
        get(film);

        assertThat(status(get(film, "Cache-Control", "max-age=40"))).isEqualTo("hit");
        assertThat(status(get(film, "Cache-Control", "max-age=10"))).startsWith("fwd=request");
        assertThat(status(get(film, "Cache-Control", "max-age=soon"))).startsWith("fwd=request");
    }

    @Test
    void section5_2_1_3_minFreshOfARequestLimitsTheRemainingTime() throws IOException {
        answers("x", "Cache-Control", "max-age=60", "Age", "30");
        get(film);

        assertThat(status(get(film, "Cache-Control", "min-fresh=20"))).isEqualTo("hit");
        assertThat(status(get(film, "Cache-Control", "min-fresh=40"))).startsWith("fwd=request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "No-Cache", "no-cache=\"x\"", "max-stale, no-cache"})
    void section5_2_1_4_noCacheOfARequestIsObeyed(String directives) throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);
        answers("y", "Cache-Control", FRESH);

        var response = get(film, "Cache-Control", directives);

        assertThat(status(response)).isEqualTo("fwd=request; stored");
        assertThat(response.body()).isEqualTo("y");
        assertThat(get(film).body()).isEqualTo("y");
    }

    @Test
    void section5_2_1_5_aResponseToARequestWithNoStoreIsNotStored() throws IOException {
        answers("x", "Cache-Control", FRESH);
        assertThat(status(get(film, "Cache-Control", "no-store"))).isEqualTo("fwd=miss");

        assertThat(status(get(film))).isEqualTo("fwd=miss; stored");
    }

    @Test
    void section5_2_1_7_onlyIfCachedIsAnsweredWith504() throws IOException {
        answers("x", "Cache-Control", FRESH);
        var response = get(film, "Cache-Control", "only-if-cached");

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/not-cached");
        assertThat(calls).hasValue(0);
        get(film);
        assertThat(get(film, "Cache-Control", "only-if-cached").status()).isEqualTo(200);
    }

    @Test
    void section5_2_2_3_mustUnderstandOverridesNoStore() throws IOException {
        assertThat(isStored(200, "Cache-Control", "max-age=60, no-store, must-understand"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "no-cache=\"x-y\""})
    void section5_2_2_4_aResponseWithNoCacheIsValidatedEachTime(String directive) throws IOException {
        answers("x", "Cache-Control", "max-age=60, " + directive);
        get(film);

        assertThat(status(get(film))).isEqualTo("fwd=stale; fwd-status=304; stored");
        assertThat(status(get(film))).isEqualTo("fwd=stale; fwd-status=304; stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-store", "NO-STORE", "private", "private=\"x-y\""})
    void section5_2_2_5_and_7_aResponseThatForbidsItIsNotStored(String directive) throws IOException {
        assertThat(isStored(200, "Cache-Control", "max-age=60, " + directive)).isFalse();
    }

    @Test
    void section5_3_anInvalidDateOfExpiryMeansExpired() throws IOException {
        answers("x", "Date", date(Instant.now()), "Expires", "0");
        get(film);

        assertThat(status(get(film))).startsWith("fwd=stale");
    }

    @Test
    void section5_4_pragmaHasNoEffect() throws IOException {
        answers("x", "Cache-Control", FRESH);
        get(film);

        assertThat(status(get(film, "Pragma", "no-cache"))).isEqualTo("hit");
    }

    @Test
    void section7_3_aResponseThatSetsACookieIsNotStored() throws IOException {
        assertThat(isStored(200, "Cache-Control", FRESH, "Set-Cookie", "a=b")).isFalse();
    }

    @Test
    void rfc9213_section2_2_theTargetedFieldReplacesTheOthers() throws IOException {
        assertThat(isStored(200, "Gateway-Cache-Control", FRESH, "Cache-Control", "no-store"))
                .isTrue();
        answers("x", "Gateway-Cache-Control", "max-age=x", "Cache-Control", "max-age=60");
        get("/api/movie/1000" + id);
        assertThat(status(get("/api/movie/1000" + id))).isEqualTo("hit");
    }

    @Test
    void rfc5861_section4_aStaleResponseIsSentIfTheCatalogueFails() throws IOException {
        answers("x", "Cache-Control", "max-age=60, stale-if-error=60", "Age", "100");
        get(film);
        answers(503, "down");

        var response = get(film);

        assertThat(response.status()).isEqualTo(200);
        assertThat(status(response)).isEqualTo("hit; detail=stale-if-error");
        assertThat(Long.parseLong(response.header("age"))).isGreaterThanOrEqualTo(100);
    }

    private boolean isStored(int status, String... headers) throws IOException {
        answers(status, "x", headers);
        get(film);
        var response = get(film);
        assertThat(response.status()).isEqualTo(status);
        return status(response).equals("hit");
    }

    private static String date(Instant time) {
        return DateFormatter.format(Date.from(time));
    }
}
