package kinoteka.gateway.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependenciesTest {

    private final Versions versions = new Versions();

    DependenciesTest() {
        versions.setCaughtUp(true);
    }

    @Test
    void onlyPersonalResponsesAndThoseWithoutEventsAreNeverStored() {
        assertThat(Arrays.stream(Endpoint.values())
                        .filter(endpoint -> !Dependencies.of(endpoint).isCacheable()))
                .containsExactlyInAnyOrder(
                        Endpoint.LANDING,
                        Endpoint.OPENAPI,
                        Endpoint.DOCS,
                        Endpoint.DOCS_FILE,
                        Endpoint.PING,
                        Endpoint.DB_DUMMY,
                        Endpoint.ORDERS,
                        Endpoint.ORDER,
                        Endpoint.CHANGES);
    }

    @Test
    void listsAreThoseWhosePathDoesNotEndWithAnId() {
        assertThat(Arrays.stream(Endpoint.values())
                        .filter(endpoint -> Dependencies.of(endpoint).isCacheable()))
                .allMatch(endpoint -> Dependencies.of(endpoint).isList()
                        == !endpoint.pattern().endsWith("{id}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/movie/",
                "/api/movie/x",
                "/api/movie/07",
                "/api/movie/0",
                "/api/movie/-1",
                "/api/movie/+1",
                "/api/movie/1e3",
                "/api/movie/%31",
                "/api/movie/1234567890123456789",
                "/api/movie/?id=1"
            })
    void anIdHasOneSpelling(String target) {
        assertThat(Dependencies.of(Endpoint.MOVIE).counters(target, versions)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MOVIE, /api/movie/7, MOVIE, ID, 7",
        "MOVIE, /api/movie/7?include=staff, STAFF, MOVIE_ID, 7",
        "MOVIE, /api/movie/7?include=awards, AWARD, MOVIE_ID, 7",
        "MOVIE, /api/movie/7?include=offers, OFFER, MOVIE_ID, 7",
        "MOVIE, /api/movie/999999999999999999, MOVIE, ID, 999999999999999999",
        "MOVIE_STAFF, /api/movie/7/staff?limit=2, STAFF, MOVIE_ID, 7",
        "MOVIE_STAFF, /api/movie/7/staff, MOVIE, ID, 7",
        "MOVIE_STAFF_MEMBER, /api/movie/7/staff/3, STAFF, ID, 3",
        "MOVIE_OFFER, /api/movie/7/offers/3?x, OFFER, ID, 3",
        "PERSON, /api/person/7?include=filmography, STAFF, PERSON_ID, 7",
        "PUBLICATION_COMMENTS, /api/publication/7/comments, COMMENT, PUBLICATION_ID, 7",
    })
    void aChangeOfExactlyThisResourceInvalidates(Endpoint endpoint, String target, Kind kind, Member member, long id) {
        var stamp = stamp(endpoint, target);

        versions.singleChanged(kind, member, id + 1);
        assertThat(versions.isCurrent(stamp)).isTrue();

        versions.singleChanged(kind, member, id);
        assertThat(versions.isCurrent(stamp)).isFalse();
    }

    @Test
    void aFilmWithoutListsDoesNotDependOnThem() {
        var stamp = stamp(Endpoint.MOVIE, "/api/movie/7");

        versions.singleChanged(Kind.STAFF, Member.MOVIE_ID, 7);
        versions.allChanged(Kind.PERSON);
        versions.allChanged(Kind.OFFER);

        assertThat(versions.isCurrent(stamp)).isTrue();
    }

    /** Otherwise each registration would invalidate all sessions, publications and comments. */
    @Test
    void aNewResourceIsInNoResponseExceptListsOfItsKind() {
        var sessions = stamp(Endpoint.SESSIONS, "/api/session");
        var customers = stamp(Endpoint.CUSTOMERS, "/api/customer");

        versions.singleCreated(Kind.CUSTOMER, Member.ID, 12_345);

        assertThat(versions.isCurrent(sessions)).isTrue();
        assertThat(versions.isCurrent(customers)).isFalse();
    }

    @Test
    void aNewResourceInvalidatesTheListsOfItsOwner() {
        var comments = stamp(Endpoint.MOVIE_COMMENTS, "/api/movie/7/comments");

        versions.singleCreated(Kind.COMMENT, Member.MOVIE_ID, 7);

        assertThat(versions.isCurrent(comments)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MOVIE, /api/movie/7, TAG",
        "MOVIES, /api/movie, TAG",
        "MOVIE, /api/movie/7?include=staff, PERSON",
        "MOVIE, /api/movie/7?include=staff, POSITION",
        "MOVIE, /api/movie/7?include=awards, FILM_AWARD",
        "MOVIE, /api/movie/7?include=awards, NOMINATION",
        "MOVIE, /api/movie/7?include=offers, CINEMA",
        "MOVIE_STAFF, /api/movie/7/staff, PERSON",
        "MOVIE_COMMENTS, /api/movie/7/comments, CUSTOMER",
        "SESSION, /api/session/1, MOVIE",
        "SESSION, /api/session/1, CUSTOMER",
        "SESSIONS, /api/session, MOVIE",
        "AWARD, /api/award/1, PERSON",
        "PERSON, /api/person/1?include=filmography, MOVIE",
        "PUBLICATION, /api/publication/1, CATEGORY",
        "RATING, /api/rating/1, CUSTOMER"
    })
    void anyChangeOfAKindThatTheResponseContainsInvalidates(Endpoint endpoint, String target, Kind contained) {
        var stamp = stamp(endpoint, target);

        versions.singleChanged(contained, Member.ID, 12_345);

        assertThat(versions.isCurrent(stamp)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cacheable")
    void aChangeOfUnknownResourcesOfItsKindsInvalidatesEveryResponse(Endpoint endpoint) {
        for (var kind : Dependencies.of(endpoint).kinds()) {
            var stamp = stamp(endpoint, target(endpoint));

            versions.allChanged(kind);

            assertThat(versions.isCurrent(stamp)).as(kind.label()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteInvalidatesTheResponseOfItsOwnTarget(Endpoint endpoint, HttpMethod method) {
        var stamp = stamp(endpoint, target(endpoint));

        new Writes(versions, System::nanoTime).count(endpoint, method, target(endpoint));

        assertThat(versions.isCurrent(stamp)).isFalse();
    }

    @Test
    void nothingIsCurrentWhileChangesAreNotReceived() {
        var stamp = stamp(Endpoint.MOVIES, "/api/movie");

        versions.setCaughtUp(false);

        assertThat(versions.isCurrent(stamp)).isFalse();
        assertThat(versions.take(new int[] {Versions.everything()})).isNull();
    }

    private Stamp stamp(Endpoint endpoint, String target) {
        int @Nullable [] counters = Dependencies.of(endpoint).counters(target, versions);
        assertThat(counters).as(target).isNotNull();
        var stamp = versions.take(Objects.requireNonNull(counters));
        return Objects.requireNonNull(stamp);
    }

    private static String target(Endpoint endpoint) {
        return endpoint.pattern().replace("{id}", "7");
    }

    static Stream<Endpoint> cacheable() {
        return EnumSet.allOf(Endpoint.class).stream()
                .filter(endpoint -> Dependencies.of(endpoint).isCacheable());
    }

    static Stream<Arguments> writes() {
        return cacheable().flatMap(endpoint -> List.of("POST", "PUT", "PATCH", "DELETE").stream()
                .filter(method -> List.of(endpoint.methods().split(", ")).contains(method))
                .map(method -> Arguments.of(endpoint, HttpMethod.valueOf(method))));
    }
}
