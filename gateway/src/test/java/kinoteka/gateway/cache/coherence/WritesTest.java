package kinoteka.gateway.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritesTest {

    private final Versions versions = new Versions();
    private final AtomicLong nanos = new AtomicLong();
    private final Writes writes = new Writes(versions, nanos::get);

    WritesTest() {
        versions.setCaughtUp(true);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/7, MOVIE, /api/movie/7",
        "/api/film_award/7, FILM_AWARD, /api/film_award/7",
        "/api/movie/1/staff/7, MOVIE_STAFF_MEMBER, /api/movie/1/staff/7",
        "/api/movie/1/offers/7, MOVIE_OFFER, /api/movie/1/offers/7"
    })
    void theResourceThatAResponseNamesHasChanged(String location, Endpoint endpoint, String target) {
        for (var header : new String[] {"Location", "Content-Location"}) {
            var stamp = stamp(endpoint, target);

            writes.count(
                    Endpoint.ORDERS,
                    HttpMethod.POST,
                    "/api/customer/1/orders",
                    new DefaultHttpHeaders().set(header, location));

            assertThat(versions.isCurrent(stamp)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "https://other.example/api/movie/7", "//other/api/movie/7", "/api/movie/x", "7"})
    void otherAddressesAreIgnored(String location) {
        var stamp = stamp(Endpoint.MOVIE, "/api/movie/7");

        writes.count(
                Endpoint.ORDERS,
                HttpMethod.POST,
                "/api/customer/1/orders",
                new DefaultHttpHeaders().set("Location", location));

        assertThat(versions.isCurrent(stamp)).isTrue();
    }

    @Test
    void aNewResourceLeavesThoseThatExistAlone() {
        var one = stamp(Endpoint.SESSION, "/api/session/7");
        var list = stamp(Endpoint.SESSIONS, "/api/session");

        writes.count(Endpoint.SESSIONS, HttpMethod.POST, "/api/session");

        assertThat(versions.isCurrent(one)).isTrue();
        assertThat(versions.isCurrent(list)).isFalse();
    }

    @Test
    void aDeletedRatingChangesOnlyWhatWasRated() {
        var rated = stamp(Endpoint.MOVIE, "/api/movie/7");
        var other = stamp(Endpoint.MOVIE, "/api/movie/8");
        var publication = stamp(Endpoint.PUBLICATION, "/api/publication/7");

        deleteRating(new DefaultHttpHeaders().set("Gateway-Changed", "/api/movie/7"));

        assertThat(versions.isCurrent(rated)).isFalse();
        assertThat(versions.isCurrent(other)).isTrue();
        assertThat(versions.isCurrent(publication)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/movie/x", "nonsense"})
    void aDeletedRatingMayChangeEverythingIfTheResponseDoesNotNameWhatWasRated(String changed) {
        var movie = stamp(Endpoint.MOVIE, "/api/movie/7");
        var publication = stamp(Endpoint.PUBLICATION, "/api/publication/7");

        deleteRating(new DefaultHttpHeaders().set("Gateway-Changed", changed));

        assertThat(versions.isCurrent(movie)).isFalse();
        assertThat(versions.isCurrent(publication)).isFalse();
    }

    @Test
    void anInvalidIdInTheTargetOfAWriteStandsForAll() {
        var stamp = stamp(Endpoint.MOVIE, "/api/movie/7");

        writes.count(Endpoint.MOVIE, HttpMethod.PUT, "/api/movie/07");

        assertThat(versions.isCurrent(stamp)).isFalse();
    }

    @Test
    void aWriteIsRecentForListsThatContainItsKind() {
        assertThat(writes.isRecent(Dependencies.of(Endpoint.SESSIONS))).isFalse();

        writes.count(Endpoint.MOVIE, HttpMethod.PUT, "/api/movie/7");

        assertThat(writes.isRecent(Dependencies.of(Endpoint.SESSIONS))).isTrue();
        assertThat(writes.isRecent(Dependencies.of(Endpoint.PERSONS))).isFalse();
        nanos.addAndGet(Writes.REPLICA_LAG.toNanos());
        assertThat(writes.isRecent(Dependencies.of(Endpoint.SESSIONS))).isFalse();
    }

    private void deleteRating(HttpHeaders response) {
        writes.count(Endpoint.RATING, HttpMethod.DELETE, "/api/rating/1", response);
    }

    private Stamp stamp(Endpoint endpoint, String target) {
        return Objects.requireNonNull(
                versions.take(Objects.requireNonNull(Dependencies.of(endpoint).counters(target, versions))));
    }
}
