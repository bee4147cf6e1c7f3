package kinoteka.gateway.cache.coherence;

import static kinoteka.gateway.cache.coherence.Kind.AWARD;
import static kinoteka.gateway.cache.coherence.Kind.CATEGORY;
import static kinoteka.gateway.cache.coherence.Kind.CINEMA;
import static kinoteka.gateway.cache.coherence.Kind.COMMENT;
import static kinoteka.gateway.cache.coherence.Kind.CUSTOMER;
import static kinoteka.gateway.cache.coherence.Kind.FILM_AWARD;
import static kinoteka.gateway.cache.coherence.Kind.MOVIE;
import static kinoteka.gateway.cache.coherence.Kind.NOMINATION;
import static kinoteka.gateway.cache.coherence.Kind.OFFER;
import static kinoteka.gateway.cache.coherence.Kind.PERSON;
import static kinoteka.gateway.cache.coherence.Kind.POSITION;
import static kinoteka.gateway.cache.coherence.Kind.PUBLICATION;
import static kinoteka.gateway.cache.coherence.Kind.RATING;
import static kinoteka.gateway.cache.coherence.Kind.SESSION;
import static kinoteka.gateway.cache.coherence.Kind.STAFF;
import static kinoteka.gateway.cache.coherence.Kind.TAG;
import static kinoteka.gateway.cache.coherence.Member.ID;
import static kinoteka.gateway.cache.coherence.Member.MOVIE_ID;
import static kinoteka.gateway.cache.coherence.Member.PERSON_ID;
import static kinoteka.gateway.cache.coherence.Member.PUBLICATION_ID;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a response to GET depends on, by endpoint: those of the requested resource and of what belongs to it, exactly; those
 * of other resources that the response contains, by their kind, because the target does not say which of them it contains. The table
 * follows the statements of the catalogue. Immutable.
 */
public final class Dependencies {

    /** Of responses that are never stored. */
    private static final Dependencies NONE = new Dependencies(new Single[0]);

    private static final Map<Endpoint, Dependencies> TABLE =
            Arrays.stream(Endpoint.values()).collect(Collectors.toMap(Function.identity(), Dependencies::row));

    private final Single[] singles;
    private final int[] counters;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private @Nullable Dependencies withQuery;
    private boolean isList;
    private boolean mayBeStaleOnError;

    private Dependencies(Single[] singles, Kind... contained) {
        this(singles, null, contained);
    }

    /** @param listed the kind of which the response is a list of all resources; null if it is none */
    private Dependencies(Single[] singles, @Nullable Kind listed, Kind[] contained) {
        this.singles = singles;
        this.counters = new int[1 + 2 * singles.length + (listed == null ? 0 : 1) + contained.length];
        var next = singles.length;
        counters[next++] = Versions.everything();
        if (listed != null) {
            counters[next++] = Versions.listed(listed);
            kinds.add(listed);
        }
        for (var single : singles) {
            counters[next++] = Versions.unknown(single.kind);
            kinds.add(single.kind);
        }
        for (var kind : contained) {
            counters[next++] = Versions.any(kind);
            kinds.add(kind);
        }
    }

    private static Dependencies row(Endpoint endpoint) {
        return switch (endpoint) {
            case LANDING, PING -> NONE; // of the gateway itself
            case OPENAPI, DOCS, DOCS_FILE -> NONE; // a new release of the catalogue has no event
            case DB_DUMMY -> NONE; // its purpose is to reach the database
            case ORDERS, ORDER -> NONE; // personal
            case CHANGES -> NONE; // a stream
            case MOVIES -> list(MOVIE, TAG);
            case MOVIE ->
                one(MOVIE, TAG)
                        .withQuery(new Dependencies(
                                singles(
                                        first(MOVIE, ID),
                                        first(STAFF, MOVIE_ID),
                                        first(AWARD, MOVIE_ID),
                                        first(OFFER, MOVIE_ID)),
                                TAG,
                                PERSON,
                                POSITION,
                                FILM_AWARD,
                                NOMINATION,
                                CINEMA))
                        .staleOnError();
            case MOVIE_STAFF -> listOf(MOVIE, STAFF, MOVIE_ID, PERSON, POSITION);
            case MOVIE_STAFF_MEMBER -> part(STAFF, PERSON, POSITION);
            case MOVIE_AWARDS -> listOf(MOVIE, AWARD, MOVIE_ID, PERSON, FILM_AWARD, NOMINATION);
            case MOVIE_OFFERS -> listOf(MOVIE, OFFER, MOVIE_ID, CINEMA);
            case MOVIE_OFFER -> part(OFFER, CINEMA);
            case MOVIE_COMMENTS -> listOf(MOVIE, COMMENT, MOVIE_ID, CUSTOMER);
            case MOVIE_RATINGS -> listOf(MOVIE, RATING, MOVIE_ID, CUSTOMER);
            case PERSONS -> list(PERSON);
            case PERSON ->
                one(PERSON)
                        .withQuery(new Dependencies(
                                singles(first(PERSON, ID), first(STAFF, PERSON_ID), first(AWARD, PERSON_ID)),
                                MOVIE,
                                POSITION,
                                FILM_AWARD,
                                NOMINATION))
                        .staleOnError();
            case AWARDS -> list(AWARD, MOVIE, PERSON, FILM_AWARD, NOMINATION);
            case AWARD -> one(AWARD, MOVIE, PERSON, FILM_AWARD, NOMINATION);
            case CINEMAS -> list(CINEMA);
            case CINEMA -> one(CINEMA).staleOnError();
            case PUBLICATIONS -> list(PUBLICATION, CUSTOMER, CATEGORY, TAG);
            case PUBLICATION -> one(PUBLICATION, CUSTOMER, CATEGORY, TAG);
            case PUBLICATION_COMMENTS -> listOf(PUBLICATION, COMMENT, PUBLICATION_ID, CUSTOMER);
            case PUBLICATION_RATINGS -> listOf(PUBLICATION, RATING, PUBLICATION_ID, CUSTOMER);
            case COMMENT -> one(COMMENT, CUSTOMER);
            case RATING -> one(RATING, CUSTOMER);
            case CUSTOMERS -> list(CUSTOMER);
            case CUSTOMER -> one(CUSTOMER);
            case SESSIONS -> list(SESSION, MOVIE, CUSTOMER);
            case SESSION -> one(SESSION, MOVIE, CUSTOMER);
            case TAGS -> list(TAG);
            case TAG -> one(TAG);
            case POSITIONS -> list(POSITION);
            case POSITION -> one(POSITION);
            case FILM_AWARDS -> list(FILM_AWARD);
            case FILM_AWARD -> one(FILM_AWARD);
            case NOMINATIONS -> list(NOMINATION);
            case NOMINATION -> one(NOMINATION);
            case CATEGORIES -> list(CATEGORY);
            case CATEGORY -> one(CATEGORY);
        };
    }

    /** A list of all resources of a kind. */
    private static Dependencies list(Kind kind, Kind... contained) {
        return new Dependencies(new Single[0], kind, contained).asList();
    }

    /** A list of what belongs to a resource. It depends on that resource, too, because without it there is no such list. */
    private static Dependencies listOf(Kind owner, Kind element, Member member, Kind... contained) {
        return new Dependencies(singles(first(owner, ID), first(element, member)), contained).asList();
    }

    /** A resource whose id is the first one in the path. */
    private static Dependencies one(Kind kind, Kind... contained) {
        return new Dependencies(singles(first(kind, ID)), contained);
    }

    /** A resource whose id is the second one in the path. */
    private static Dependencies part(Kind kind, Kind... contained) {
        return new Dependencies(singles(new Single(kind, ID, 2)), contained);
    }

    private static Single[] singles(Single... singles) {
        return singles;
    }

    private static Single first(Kind kind, Member member) {
        return new Single(kind, member, 1);
    }

    private Dependencies withQuery(Dependencies including) {
        withQuery = including;
        return this;
    }

    private Dependencies staleOnError() {
        mayBeStaleOnError = true;
        return this;
    }

    private Dependencies asList() {
        isList = true;
        return this;
    }

    /** Returns the dependencies of the responses of an endpoint. */
    public static Dependencies of(Endpoint endpoint) {
        return Objects.requireNonNull(TABLE.get(endpoint), endpoint::label);
    }

    /** Whether responses of the endpoint may be stored. */
    public boolean isCacheable() {
        return counters.length > 1;
    }

    /** Whether the response is a list, which the catalogue reads from a replica unless it is asked not to. */
    public boolean isList() {
        return isList;
    }

    /**
     * Whether a response that is stale by its age, but not by any change, may be sent if the catalogue fails. These are descriptions;
     * what is counted or paid for must not be stale.
     */
    public boolean mayBeStaleOnError() {
        return mayBeStaleOnError;
    }

    Set<Kind> kinds() {
        return kinds;
    }

    /**
     * Returns the counters on which the response to this request depends, for {@link Versions#take}.
     *
     * @return null if the path contains something else than ids in their only valid spelling
     */
    public int @Nullable [] counters(String target, Versions versions) {
        if (withQuery != null && target.indexOf('?') >= 0) {
            return withQuery.counters(target, versions);
        }
        if (singles.length == 0) {
            return counters;
        }
        var all = counters.clone();
        for (var i = 0; i < singles.length; i++) {
            var id = TargetIds.find(target, singles[i].position);
            if (id == TargetIds.NONE) {
                return null;
            }
            all[i] = versions.single(singles[i].kind, singles[i].member, id);
        }
        return all;
    }

    /**
     * Resources that the path names by an id.
     *
     * @param member the member of events that has this id
     * @param position of the id in the path, 1 or 2
     */
    private record Single(Kind kind, Member member, int position) {}
}
