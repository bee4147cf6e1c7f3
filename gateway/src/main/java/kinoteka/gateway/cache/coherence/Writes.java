package kinoteka.gateway.cache.coherence;

import static kinoteka.gateway.cache.coherence.Touch.Extent.ALL;
import static kinoteka.gateway.cache.coherence.Touch.Extent.NAMED;
import static kinoteka.gateway.cache.coherence.Touch.Extent.NEW;
import static kinoteka.gateway.cache.coherence.Touch.Extent.OF_MOVIE;
import static kinoteka.gateway.cache.coherence.Touch.Extent.OF_PUBLICATION;
import static kinoteka.gateway.cache.coherence.Touch.Extent.RATED;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Counts the changes that writes through this gateway make, so that they are visible to the next read before their events arrive. The
 * table follows the statements, foreign keys and triggers of the catalogue; it may name too much, never too little. Thread-safe.
 */
public final class Writes {

    /** How long replicas may be behind after a write, as far as this gateway helps against it. */
    static final Duration REPLICA_LAG = Duration.ofSeconds(1);

    /** The path of a single resource: the name of its kind, and its id. */
    private static final Pattern RESOURCE = Pattern.compile("(?:/[^/?]+)*/([a-z_]+)/([1-9][0-9]{0,17})");

    /** In a response of the catalogue, for gateways only: the path of what a write has changed that its own path does not name. */
    private static final String CHANGED = "Gateway-Changed";

    private final Versions versions;
    private final LongSupplier nanoClock;
    private final AtomicLongArray lastWrites = new AtomicLongArray(Kind.values().length);

    /**
     * Creates an object that has not seen any writes.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    public Writes(Versions versions, LongSupplier nanoClock) {
        this.versions = versions;
        this.nanoClock = nanoClock;
        for (var kind = 0; kind < lastWrites.length(); kind++) {
            lastWrites.set(kind, nanoClock.getAsLong() - REPLICA_LAG.toNanos());
        }
    }

    /** Counts what a write has changed, or may have changed if its outcome is not known. */
    public void count(Endpoint endpoint, HttpMethod method, String target) {
        count(endpoint, method, target, false);
    }

    /** Counts what a write has changed whose response is successful, and the resources that the response names (RFC 9111, 4.4). */
    public void count(Endpoint endpoint, HttpMethod method, String target, HttpHeaders response) {
        count(endpoint, method, target, countNamed(response.get(CHANGED, "")));
        countNamed(response.get(HttpHeaderNames.LOCATION, ""));
        countNamed(response.get(HttpHeaderNames.CONTENT_LOCATION, ""));
    }

    @SuppressWarnings("EnumOrdinal") // an index
    private void count(Endpoint endpoint, HttpMethod method, String target, boolean isRatedCounted) {
        for (var touch : touches(endpoint, method.equals(HttpMethod.DELETE))) {
            lastWrites.set(touch.kind().ordinal(), nanoClock.getAsLong());
            if (touch.extent() != RATED || !isRatedCounted) {
                touch.count(versions, target);
            }
        }
    }

    /** Counts a change of the resource at this path; returns false if the path is not that of one. */
    private boolean countNamed(String location) {
        var resource =
                RESOURCE.matcher(location); // an address with a host may be of another server, which is not cached
        if (resource.matches()) {
            var kind = kind(resource.group(1));
            if (kind != null) {
                versions.singleChanged(kind, Member.ID, Long.parseLong(resource.group(2)));
                return true;
            }
        }
        return false;
    }

    private static @Nullable Kind kind(String segment) {
        return segment.equals("offers") ? Kind.OFFER : Kind.ofLabel(segment);
    }

    /** Whether a list may be of another state than the last write if a replica is asked for it now. */
    @SuppressWarnings("EnumOrdinal") // an index
    public boolean isRecent(Dependencies list) {
        var now = nanoClock.getAsLong();
        for (var kind : list.kinds()) {
            if (now - lastWrites.get(kind.ordinal()) < REPLICA_LAG.toNanos()) {
                return true;
            }
        }
        return false;
    }

    static List<Touch> touches(Endpoint endpoint, boolean isDelete) {
        return switch (endpoint) {
            case LANDING, PING, OPENAPI, DOCS, DOCS_FILE, DB_DUMMY, MOVIE_AWARDS, CHANGES -> List.of(); // only read
            case ORDERS, ORDER -> List.of(); // in no response that is stored
            case MOVIES -> List.of(touch(Kind.MOVIE, NEW));
            case MOVIE ->
                isDelete
                        ? List.of(
                                touch(Kind.MOVIE, NAMED),
                                touch(Kind.STAFF, ALL),
                                touch(Kind.OFFER, ALL),
                                touch(Kind.COMMENT, ALL),
                                touch(Kind.RATING, ALL),
                                touch(Kind.SESSION, ALL))
                        : List.of(touch(Kind.MOVIE, NAMED), touch(Kind.SESSION, ALL)); // they repeat year and title
            case MOVIE_STAFF, MOVIE_STAFF_MEMBER -> List.of(touch(Kind.STAFF, ALL));
            case MOVIE_OFFERS, MOVIE_OFFER -> List.of(touch(Kind.OFFER, ALL));
            case MOVIE_COMMENTS -> List.of(touch(Kind.COMMENT, OF_MOVIE));
            case MOVIE_RATINGS -> List.of(touch(Kind.RATING, OF_MOVIE), touch(Kind.MOVIE, NAMED));
            case PERSONS -> List.of(touch(Kind.PERSON, NEW));
            case PERSON -> List.of(touch(Kind.PERSON, NAMED));
            case AWARDS, AWARD -> List.of(touch(Kind.AWARD, ALL));
            case CINEMAS -> List.of(touch(Kind.CINEMA, NEW));
            case CINEMA ->
                isDelete
                        ? List.of(touch(Kind.CINEMA, NAMED), touch(Kind.OFFER, ALL))
                        : List.of(touch(Kind.CINEMA, NAMED));
            case PUBLICATIONS -> List.of(touch(Kind.PUBLICATION, NEW));
            case PUBLICATION ->
                isDelete
                        ? List.of(touch(Kind.PUBLICATION, NAMED), touch(Kind.COMMENT, ALL), touch(Kind.RATING, ALL))
                        : List.of(touch(Kind.PUBLICATION, NAMED));
            case PUBLICATION_COMMENTS -> List.of(touch(Kind.COMMENT, OF_PUBLICATION));
            case PUBLICATION_RATINGS -> List.of(touch(Kind.RATING, OF_PUBLICATION), touch(Kind.PUBLICATION, NAMED));
            case COMMENT -> List.of(touch(Kind.COMMENT, ALL)); // the path does not say what it is about
            case RATING -> List.of(touch(Kind.RATING, ALL), touch(Kind.MOVIE, RATED), touch(Kind.PUBLICATION, RATED));
            case CUSTOMERS -> List.of(touch(Kind.CUSTOMER, NEW));
            case CUSTOMER -> List.of(touch(Kind.CUSTOMER, NAMED));
            case SESSIONS -> List.of(touch(Kind.SESSION, NEW));
            case SESSION -> List.of(touch(Kind.SESSION, NAMED));
            case TAGS -> List.of(touch(Kind.TAG, NEW));
            case TAG -> List.of(touch(Kind.TAG, NAMED));
            case POSITIONS -> List.of(touch(Kind.POSITION, NEW));
            case POSITION -> List.of(touch(Kind.POSITION, NAMED));
            case FILM_AWARDS -> List.of(touch(Kind.FILM_AWARD, NEW));
            case FILM_AWARD -> List.of(touch(Kind.FILM_AWARD, NAMED));
            case NOMINATIONS -> List.of(touch(Kind.NOMINATION, NEW));
            case NOMINATION -> List.of(touch(Kind.NOMINATION, NAMED));
            case CATEGORIES -> List.of(touch(Kind.CATEGORY, NEW));
            case CATEGORY -> List.of(touch(Kind.CATEGORY, NAMED));
        };
    }

    private static Touch touch(Kind kind, Touch.Extent extent) {
        return new Touch(kind, extent);
    }
}
