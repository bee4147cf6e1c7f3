package kinoteka.gateway.routing;

import static kinoteka.gateway.routing.Destination.CATALOGUE;
import static kinoteka.gateway.routing.Destination.GATEWAY;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * The allow-list: what is not here never leaves the gateway. It is code and not configuration because its labels are
 * the dashboards' contract and its methods are tested; nobody could change it safely without a release.
 */
public enum Endpoint {
    LANDING("/", "/", GATEWAY, "This page", GET),
    OPENAPI("/openapi.json", "/openapi.json", CATALOGUE, "All of the API for programs, OpenAPI 3.1", GET),
    DOCS("/docs", "/docs", CATALOGUE, "All of the API for people, to read and to try", GET),
    DOCS_FILE("/docs/{id}", "/docs/docs.css", CATALOGUE, "What that page is made of", GET),
    PING("/ping", "/ping", GATEWAY, "Whether the gateway takes traffic", GET),
    DB_DUMMY("/db_dummy", "/db_dummy", CATALOGUE, "One round trip to the database and back", GET),
    MOVIES("/api/movie", "/api/movie?limit=3", CATALOGUE, "Films, the newest first", GET, POST),
    MOVIE(
            "/api/movie/{id}",
            "/api/movie/1?include=staff,awards,offers",
            CATALOGUE,
            "One film",
            GET,
            PUT,
            PATCH,
            DELETE),
    MOVIE_STAFF("/api/movie/{id}/staff", "/api/movie/1/staff", CATALOGUE, "Who made a film", GET, POST),
    MOVIE_STAFF_MEMBER("/api/movie/{id}/staff/{id}", "/api/movie/1/staff/1", CATALOGUE, "One of them", GET, DELETE),
    MOVIE_AWARDS("/api/movie/{id}/awards", "/api/movie/1/awards", CATALOGUE, "What a film won", GET),
    MOVIE_OFFERS("/api/movie/{id}/offers", "/api/movie/1/offers", CATALOGUE, "Where a film can be watched", GET, POST),
    MOVIE_OFFER("/api/movie/{id}/offers/{id}", "/api/movie/1/offers/1", CATALOGUE, "One offer", GET, PATCH, DELETE),
    MOVIE_COMMENTS("/api/movie/{id}/comments", "/api/movie/1/comments", CATALOGUE, "What is said of a film", GET, POST),
    MOVIE_RATINGS("/api/movie/{id}/ratings", "/api/movie/1/ratings", CATALOGUE, "A film's stars", GET, POST),
    PERSONS("/api/person", "/api/person?limit=3", CATALOGUE, "Who makes films, by name", GET, POST),
    PERSON(
            "/api/person/{id}",
            "/api/person/1?include=filmography,awards",
            CATALOGUE,
            "One person",
            GET,
            PUT,
            PATCH,
            DELETE),
    AWARDS("/api/award", "/api/award?limit=3", CATALOGUE, "Awards that were given, the latest first", GET, POST),
    AWARD("/api/award/{id}", "/api/award/1", CATALOGUE, "One award", GET, PUT, DELETE),
    CINEMAS("/api/cinema", "/api/cinema", CATALOGUE, "Online cinemas by title", GET, POST),
    CINEMA("/api/cinema/{id}", "/api/cinema/1", CATALOGUE, "One cinema", GET, PUT, PATCH, DELETE),
    PUBLICATIONS(
            "/api/publication", "/api/publication?limit=3", CATALOGUE, "Publications, the latest first", GET, POST),
    PUBLICATION("/api/publication/{id}", "/api/publication/1", CATALOGUE, "One publication", GET, PATCH, DELETE),
    PUBLICATION_COMMENTS(
            "/api/publication/{id}/comments",
            "/api/publication/1/comments",
            CATALOGUE,
            "What is said of it",
            GET,
            POST),
    PUBLICATION_RATINGS(
            "/api/publication/{id}/ratings",
            "/api/publication/1/ratings",
            CATALOGUE,
            "A publication's stars",
            GET,
            POST),
    COMMENT("/api/comment/{id}", "/api/comment/1", CATALOGUE, "One comment", GET, PATCH, DELETE),
    RATING("/api/rating/{id}", "/api/rating/1", CATALOGUE, "One rating", GET, DELETE),
    CUSTOMERS("/api/customer", "/api/customer?limit=3", CATALOGUE, "Customers by username; open an account", GET, POST),
    CUSTOMER("/api/customer/{id}", "/api/customer/1", CATALOGUE, "One customer", GET, PATCH, DELETE),
    ORDERS("/api/customer/{id}/orders", "/api/customer/1/orders", CATALOGUE, "A customer's own orders", GET, POST),
    ORDER("/api/customer/{id}/orders/{id}", "/api/customer/1/orders/1", CATALOGUE, "One of them", GET),
    SESSIONS("/api/session", "/api/session?limit=3", CATALOGUE, "Who watches what; begin to watch", GET, POST),
    SESSION("/api/session/{id}", "/api/session/1", CATALOGUE, "One viewing session; end it", GET, DELETE),
    TAGS("/api/tag", "/api/tag", CATALOGUE, "What films and publications are marked with", GET, POST),
    TAG("/api/tag/{id}", "/api/tag/1", CATALOGUE, "One tag", GET, PUT, DELETE),
    POSITIONS("/api/position", "/api/position", CATALOGUE, "What people do in the making of a film", GET, POST),
    POSITION("/api/position/{id}", "/api/position/1", CATALOGUE, "One position", GET, PUT, DELETE),
    FILM_AWARDS("/api/film_award", "/api/film_award", CATALOGUE, "The film awards of the world", GET, POST),
    FILM_AWARD("/api/film_award/{id}", "/api/film_award/1", CATALOGUE, "One film award", GET, PUT, DELETE),
    NOMINATIONS("/api/nomination", "/api/nomination", CATALOGUE, "What film awards are given for", GET, POST),
    NOMINATION("/api/nomination/{id}", "/api/nomination/1", CATALOGUE, "One nomination", GET, PUT, DELETE),
    CATEGORIES("/api/category", "/api/category", CATALOGUE, "Kinds of publications", GET, POST),
    CATEGORY("/api/category/{id}", "/api/category/1", CATALOGUE, "One kind", GET, PUT, DELETE),
    CHANGES("/api/changes", "/api/changes?kind=movie", CATALOGUE, "What changes, as it happens", GET);

    private static final String ATTRIBUTE = Endpoint.class.getName();

    private final String pattern;
    private final String example;
    private final String label;
    private final Destination destination;
    private final String summary;
    private final String methods;

    @SuppressWarnings("ImmutableEnumChecker") // it is made by Set.copyOf
    private final Set<HttpMethod> allowed;

    private final String allow;

    Endpoint(String pattern, String example, Destination destination, String summary, HttpMethod... methods) {
        this.pattern = pattern;
        this.example = example;
        this.label = pattern.replace("{id}/", "").replace("{id}", "");
        this.destination = destination;
        this.summary = summary;
        this.methods = names(List.of(methods));
        var all = new LinkedHashSet<>(List.of(methods));
        if (all.contains(GET)) {
            all.add(HEAD);
        }
        all.add(OPTIONS);
        this.allowed = Set.copyOf(all);
        this.allow = names(all);
    }

    private static String names(Collection<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    }

    /** The endpoint of this exchange, null before routing and for a path that is not on the list. */
    public static @Nullable Endpoint of(ServerWebExchange exchange) {
        return (Endpoint) exchange.getAttributes().get(ATTRIBUTE);
    }

    void assignTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Path whose segments are literal or {@code {id}}. */
    public String pattern() {
        return pattern;
    }

    /** Value of the {@code endpoint} metric label: the pattern without its variables. */
    public String label() {
        return label;
    }

    public Destination destination() {
        return destination;
    }

    /** One line for people. */
    public String summary() {
        return summary;
    }

    /** A request for people to try. */
    public String example() {
        return example;
    }

    /** The methods as listed, for people. */
    public String methods() {
        return methods;
    }

    /** Whether GET answers with a list or a stream of events, which may be long. */
    public boolean isList() {
        return pattern.startsWith("/api/") && !pattern.endsWith("{id}");
    }

    boolean allows(HttpMethod method) {
        return allowed.contains(method);
    }

    /** Value of the {@code Allow} header: the methods as listed, with HEAD where there is GET, and OPTIONS. */
    public String allow() {
        return allow;
    }
}
