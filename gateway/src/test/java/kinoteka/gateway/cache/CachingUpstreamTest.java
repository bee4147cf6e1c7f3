package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import kinoteka.gateway.cache.coherence.Kind;
import kinoteka.gateway.cache.coherence.Member;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CachingUpstreamTest {

    private static final String FILM = "/api/movie/7";
    private static final String LIST = "/api/movie?limit=3";

    private final List<UpstreamRequest> called = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final CacheUnderTest cache = new CacheUnderTest(this::answer);
    private Function<UpstreamRequest, Mono<UpstreamResponse>> catalogue = request -> Mono.just(complete(200, "film"));
    private int discarded;

    private Mono<UpstreamResponse> answer(UpstreamRequest request) {
        called.add(request);
        return catalogue.apply(request);
    }

    @Test
    void theSecondRequestIsAnsweredFromMemory() {
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=miss; stored");
        assertThat(get(FILM)).isEqualTo("kinoteka; hit");
        assertThat(called).hasSize(1);
    }

    @Test
    void nothingIsStoredOrServedWhileChangesAreNotReceived() {
        cache.versions.setCaughtUp(false);
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=bypass; detail=not-listening");
        cache.versions.setCaughtUp(true);
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=miss; stored");
        cache.versions.setCaughtUp(false);
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=bypass; detail=not-listening");
        assertThat(called).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Cookie",
                "Range",
                "If-Match",
                "If-Modified-Since",
                "If-Unmodified-Since",
                "Kinoteka-Position"
            })
    void aRequestWithOneOfTheseHeadersTakesNoPart(String header) {
        get(FILM);

        assertThat(status(send(HttpMethod.GET, Endpoint.MOVIE, FILM, header, "x")))
                .isEqualTo("kinoteka; fwd=bypass");
        assertThat(called.getLast().headers().contains("Gateway-Read")).isFalse();
    }

    @Test
    void aResponseThatWasNotReadFromThePrimaryIsNotStored() {
        catalogue = request -> {
            var response = (UpstreamResponse.Complete) complete(200, "film");
            response.headers().remove("Gateway-Read");
            return Mono.just(response);
        };

        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=miss");
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=miss");
        assertThat(cache.store.entries()).isZero();
    }

    @Test
    void aListIsStoredWhenItIsRequestedForTheSecondTime() {
        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss");
        assertThat(called.getLast().headers().contains("Gateway-Read")).isFalse();
        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss; stored");
        assertThat(called.getLast().headers().get("Gateway-Read")).isEqualTo("primary");
        assertThat(get(LIST)).isEqualTo("kinoteka; hit");
    }

    /** Otherwise clients that read slowly could fill the memory with long responses. */
    @Test
    void aStoredResponseIsReadFromTheCatalogueIfThereIsNoRoomToSendIt() {
        get(LIST);
        get(LIST);
        cache.longestWithRoom = 3;
        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=bypass");
        assertThat(get("/api/movie?limit=4")).isEqualTo("kinoteka; fwd=miss");
        assertThat(get("/api/movie?limit=4")).isEqualTo("kinoteka; fwd=miss");

        cache.longestWithRoom = 4;
        assertThat(get(LIST)).isEqualTo("kinoteka; hit");
    }

    @Test
    void manyDifferentListsAreNotReadFromThePrimary() {
        for (var i = 0; i < 1000; i++) {
            get("/api/movie?after=" + i);
        }

        assertThat(called).hasSize(1000).noneMatch(request -> request.headers().contains("Gateway-Read"));
        assertThat(cache.store.entries()).isZero();
    }

    @Test
    void onlySoManyListsAreReadFromThePrimaryAtTheSameTime() {
        catalogue =
                request -> request.headers().contains("Gateway-Read") ? Mono.never() : Mono.just(complete(200, "list"));
        for (var i = 0; i < 20; i++) {
            get("/api/movie?after=" + i);
            call(HttpMethod.GET, Endpoint.MOVIES, "/api/movie?after=" + i).subscribe();
        }

        assertThat(called.stream().filter(request -> request.headers().contains("Gateway-Read")))
                .hasSize(16);
        assertThat(called).hasSize(40);
    }

    @Test
    void aListIsReadFromThePrimaryAfterAWriteThroughThisGateway() {
        catalogue = request -> Mono.just(complete(request.isSafe() ? 200 : 201, "x"));
        send(HttpMethod.POST, Endpoint.MOVIES, "/api/movie");

        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss; stored");
        send(HttpMethod.GET, Endpoint.MOVIES, LIST, "Authorization", "Bearer x");
        assertThat(called.getLast().headers().get("Gateway-Read")).isEqualTo("primary");
        send(HttpMethod.GET, Endpoint.PERSONS, "/api/person");
        assertThat(called.getLast().headers().contains("Gateway-Read")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "200,true",
        "204,true",
        "301,true",
        "400,false",
        "401,false",
        "404,false",
        "412,false",
        "500,true",
        "503,true"
    })
    void aWriteThatWasNotRejectedInvalidatesBeforeItsResponseIsPassedOn(int status, boolean invalidates) {
        get(FILM);
        catalogue = request -> Mono.just(complete(status, ""));

        call(HttpMethod.DELETE, Endpoint.MOVIE, FILM)
                .doOnNext(response -> {
                    catalogue = request -> Mono.just(complete(200, "film"));
                    assertThat(get(FILM)).isEqualTo(invalidates ? "kinoteka; fwd=stale; stored" : "kinoteka; hit");
                })
                .block();
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT,true", "BROKEN_OFF,true", "UNREACHABLE,false", "POOL_EXHAUSTED,false"})
    void aWriteWithoutAResponseInvalidatesIfItMayHaveBeenSent(FailureReason reason, boolean invalidates) {
        get(FILM);
        catalogue = request -> Mono.error(new UpstreamException(reason, "http://a", "x"));
        call(HttpMethod.DELETE, Endpoint.MOVIE, FILM).onErrorComplete().block();
        catalogue = request -> Mono.just(complete(200, "film"));

        assertThat(get(FILM)).isEqualTo(invalidates ? "kinoteka; fwd=stale; stored" : "kinoteka; hit");
    }

    @Test
    void aStreamedBodyIsCollectedAndItsBuffersAreReleased() {
        catalogue = request -> Mono.just(streamed("one ", "two"));
        get(LIST);

        var response = (UpstreamResponse.Complete) send(HttpMethod.GET, Endpoint.MOVIES, LIST);

        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("one two");
        assertThat(response.headers().get("Content-Length")).isEqualTo("7");
        assertThat(buffers).hasSize(2).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void aBodyThatIsTooLongIsPassedOnAndNotAskedForAgain() {
        catalogue = request -> Mono.just(streamed("a".repeat(9_000), "b".repeat(2_000)));
        get(LIST);

        assertThat(send(HttpMethod.GET, Endpoint.MOVIES, LIST)).isInstanceOf(UpstreamResponse.Streamed.class);
        assertThat(buffers).hasSize(2).allMatch(buffer -> buffer.refCnt() == 0);
        assertThat(called).hasSize(3);
        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss");
        assertThat(called).hasSize(4);
    }

    @Test
    void aStreamThatMustNotBeStoredIsDiscardedAndEachRequestGetsItsOwn() {
        catalogue = request -> {
            var response = streamed("x");
            response.headers().remove("Gateway-Read");
            return Mono.just(response);
        };
        get(LIST);

        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss");
        assertThat(discarded).isEqualTo(1);
        assertThat(called).hasSize(3);
        assertThat(get(LIST)).isEqualTo("kinoteka; fwd=miss");
        assertThat(called).hasSize(4);
    }

    @Test
    void aBodyThatBreaksOffIsNotStored() {
        catalogue = request -> Mono.just(new UpstreamResponse.Streamed(
                200,
                headers(),
                "http://a",
                Flux.concat(
                        Flux.just(buffer("one")),
                        Flux.error(new UpstreamException(FailureReason.BROKEN_OFF, "http://a", "x"))),
                () -> {}));

        assertThatThrownBy(() -> get(FILM)).isInstanceOf(UpstreamException.class);
        assertThat(cache.store.entries()).isZero();
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void anOldFilmIsServedIfTheCatalogueFails() {
        get(FILM);
        cache.elapse(Duration.ofSeconds(301));
        for (var failure : failures()) {
            catalogue = request -> failure;
            assertThat(get(FILM)).isEqualTo("kinoteka; hit; detail=stale-if-error");
        }
        cache.elapse(Duration.ofSeconds(60));
        catalogue = request -> Mono.just(complete(503, "down"));
        assertThat(get(FILM)).isEqualTo("kinoteka; fwd=stale");
    }

    @Test
    void aChangedFilmIsNotServedIfTheCatalogueFails() {
        get(FILM);
        cache.versions.singleChanged(Kind.MOVIE, Member.ID, 7);
        catalogue = request -> Mono.just(complete(503, "down"));

        assertThat(send(HttpMethod.GET, Endpoint.MOVIE, FILM).status()).isEqualTo(503);
    }

    @Test
    void anOldSessionIsNotServedIfTheCatalogueFails() {
        send(HttpMethod.GET, Endpoint.SESSION, "/api/session/7");
        cache.elapse(Duration.ofSeconds(301));
        catalogue = request -> Mono.just(complete(503, "down"));

        assertThat(send(HttpMethod.GET, Endpoint.SESSION, "/api/session/7").status())
                .isEqualTo(503);
    }

    @Test
    void theResponsesOfTheProbeAreNotTouched() {
        var response = send(HttpMethod.GET, Endpoint.DB_DUMMY, "/db_dummy");
        send(HttpMethod.GET, Endpoint.DB_DUMMY, "/db_dummy");

        assertThat(response.headers().contains("Cache-Status")).isFalse();
        assertThat(called).hasSize(2).noneMatch(request -> request.headers().contains("Gateway-Read"));
    }

    private static List<Mono<UpstreamResponse>> failures() {
        return List.of(
                Mono.just(complete(500, "")),
                Mono.just(complete(503, "")),
                Mono.error(new UpstreamException(FailureReason.TIMED_OUT, "http://a", "x")));
    }

    private String get(String target) {
        return status(send(HttpMethod.GET, target.equals(FILM) ? Endpoint.MOVIE : Endpoint.MOVIES, target));
    }

    private static String status(UpstreamResponse response) {
        return response.headers().get("Cache-Status");
    }

    private UpstreamResponse send(HttpMethod method, Endpoint endpoint, String target, String... headers) {
        return Objects.requireNonNull(call(method, endpoint, target, headers).block());
    }

    private Mono<UpstreamResponse> call(HttpMethod method, Endpoint endpoint, String target, String... headers) {
        var request = CacheUnderTest.request(method, endpoint, target);
        for (var i = 0; i < headers.length; i += 2) {
            request.headers().set(headers[i], headers[i + 1]);
        }
        return cache.upstream.call(request);
    }

    private static UpstreamResponse complete(int status, String body) {
        return new UpstreamResponse.Complete(status, headers(), "http://a", body.getBytes(StandardCharsets.UTF_8));
    }

    private UpstreamResponse streamed(String... parts) {
        return new UpstreamResponse.Streamed(
                200, headers(), "http://a", Flux.fromArray(parts).map(this::buffer), () -> discarded++);
    }

    private ByteBuf buffer(String text) {
        var buffer = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        buffers.add(buffer);
        return buffer;
    }

    private static HttpHeaders headers() {
        return new DefaultHttpHeaders()
                .set("Gateway-Read", "primary")
                .set("Gateway-Cache-Control", "max-age=300, stale-if-error=60")
                .set("Cache-Control", "no-cache");
    }
}
