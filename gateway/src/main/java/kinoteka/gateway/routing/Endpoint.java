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
 * The allow-list: requests to other paths, or with other methods, never reach the catalogue. It is code rather than configuration because
 * dashboards depend on its labels and tests cover its methods, so that it cannot be changed safely without a release.
 */
public enum Endpoint {
    LANDING("/", "/", GATEWAY, "This page", GET),
    OPENAPI("/openapi.json", "/openapi.json", CATALOGUE, "OpenAPI 3.1 description of the API", GET),
    DOCS("/docs", "/docs", CATALOGUE, "API documentation with Swagger UI", GET),
    DOCS_FILE("/docs/{id}", "/docs/docs.css", CATALOGUE, "Static files of the documentation", GET),
    PING("/ping", "/ping", GATEWAY, "Health check of the gateway", GET),
    DB_DUMMY("/db_dummy", "/db_dummy", CATALOGUE, "One round trip to the database", GET),
    MOVIES("/api/movie", "/api/movie?limit=3", CATALOGUE, "Films, newest first", GET, POST),
    MOVIE(
            "/api/movie/{id}",
            "/api/movie/1?include=staff,awards,offers",
            CATALOGUE,
            "One film",
            GET,
            PUT,
            PATCH,
            DELETE),
    MOVIE_STAFF("/api/movie/{id}/staff", "/api/movie/1/staff", CATALOGUE, "Cast and crew of a film", GET, POST),
    MOVIE_STAFF_MEMBER(
            "/api/movie/{id}/staff/{id}",
            "/api/movie/1/staff/1",
            CATALOGUE,
            "One member of the cast or crew",
            GET,
            DELETE),
    MOVIE_AWARDS("/api/movie/{id}/awards", "/api/movie/1/awards", CATALOGUE, "Awards of a film", GET),
    MOVIE_OFFERS(
            "/api/movie/{id}/offers",
            "/api/movie/1/offers",
            CATALOGUE,
            "Offers of a film in online cinemas",
            GET,
            POST),
    MOVIE_OFFER("/api/movie/{id}/offers/{id}", "/api/movie/1/offers/1", CATALOGUE, "One offer", GET, PATCH, DELETE),
    MOVIE_COMMENTS("/api/movie/{id}/comments", "/api/movie/1/comments", CATALOGUE, "Comments on a film", GET, POST),
    MOVIE_RATINGS("/api/movie/{id}/ratings", "/api/movie/1/ratings", CATALOGUE, "Ratings of a film", GET, POST),
    PERSONS("/api/person", "/api/person?limit=3", CATALOGUE, "People who make films, by name", GET, POST),
    PERSON(
            "/api/person/{id}",
            "/api/person/1?include=filmography,awards",
            CATALOGUE,
            "One person",
            GET,
            PUT,
            PATCH,
            DELETE),
    AWARDS("/api/award", "/api/award?limit=3", CATALOGUE, "Awards of films and people, newest first", GET, POST),
    AWARD("/api/award/{id}", "/api/award/1", CATALOGUE, "One award", GET, PUT, DELETE),
    CINEMAS("/api/cinema", "/api/cinema", CATALOGUE, "Online cinemas, by title", GET, POST),
    CINEMA("/api/cinema/{id}", "/api/cinema/1", CATALOGUE, "One cinema", GET, PUT, PATCH, DELETE),
    PUBLICATIONS("/api/publication", "/api/publication?limit=3", CATALOGUE, "Publications, newest first", GET, POST),
    PUBLICATION("/api/publication/{id}", "/api/publication/1", CATALOGUE, "One publication", GET, PATCH, DELETE),
    PUBLICATION_COMMENTS(
            "/api/publication/{id}/comments",
            "/api/publication/1/comments",
            CATALOGUE,
            "Comments on a publication",
            GET,
            POST),
    PUBLICATION_RATINGS(
            "/api/publication/{id}/ratings",
            "/api/publication/1/ratings",
            CATALOGUE,
            "Ratings of a publication",
            GET,
            POST),
    COMMENT("/api/comment/{id}", "/api/comment/1", CATALOGUE, "One comment", GET, PATCH, DELETE),
    RATING("/api/rating/{id}", "/api/rating/1", CATALOGUE, "One rating", GET, DELETE),
    CUSTOMERS(
            "/api/customer",
            "/api/customer?limit=3",
            CATALOGUE,
            "Customers, by username; POST creates an account",
            GET,
            POST),
    CUSTOMER("/api/customer/{id}", "/api/customer/1", CATALOGUE, "One customer", GET, PATCH, DELETE),
    ORDERS("/api/customer/{id}/orders", "/api/customer/1/orders", CATALOGUE, "Orders of a customer", GET, POST),
    ORDER("/api/customer/{id}/orders/{id}", "/api/customer/1/orders/1", CATALOGUE, "One order", GET),
    SESSIONS("/api/session", "/api/session?limit=3", CATALOGUE, "Viewing sessions; POST starts one", GET, POST),
    SESSION("/api/session/{id}", "/api/session/1", CATALOGUE, "One viewing session; DELETE ends it", GET, DELETE),
    TAGS("/api/tag", "/api/tag", CATALOGUE, "Tags of films and publications", GET, POST),
    TAG("/api/tag/{id}", "/api/tag/1", CATALOGUE, "One tag", GET, PUT, DELETE),
    POSITIONS("/api/position", "/api/position", CATALOGUE, "Positions of cast and crew, such as director", GET, POST),
    POSITION("/api/position/{id}", "/api/position/1", CATALOGUE, "One position", GET, PUT, DELETE),
    FILM_AWARDS("/api/film_award", "/api/film_award", CATALOGUE, "Film awards, such as festival prizes", GET, POST),
    FILM_AWARD("/api/film_award/{id}", "/api/film_award/1", CATALOGUE, "One film award", GET, PUT, DELETE),
    NOMINATIONS(
            "/api/nomination",
            "/api/nomination",
            CATALOGUE,
            "Nominations: categories in which film awards are won",
            GET,
            POST),
    NOMINATION("/api/nomination/{id}", "/api/nomination/1", CATALOGUE, "One nomination", GET, PUT, DELETE),
    CATEGORIES("/api/category", "/api/category", CATALOGUE, "Categories of publications", GET, POST),
    CATEGORY("/api/category/{id}", "/api/category/1", CATALOGUE, "One category", GET, PUT, DELETE),
    CHANGES(
            "/api/changes",
            "/api/changes?kind=movie",
            CATALOGUE,
            "Events about created, changed and deleted resources",
            GET);

    private static final String ATTRIBUTE = Endpoint.class.getName();

    private final String pattern;
    private final String example;
    private final String label;
    private final Destination destination;
    private final String summary;
    private final String methods;

    @SuppressWarnings("ImmutableEnumChecker") // created by Set.copyOf
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

    /**
     * Returns the endpoint of a request; null if its path is not on the allow-list.
     *
     * @param pathAndQuery begins with a slash
     */
    public static @Nullable Endpoint find(String pathAndQuery) {
        return Paths.TABLE.find(RequestTarget.path(pathAndQuery));
    }

    /** Returns the endpoint of this exchange; null before routing, and for a path that is not on the allow-list. */
    public static @Nullable Endpoint of(ServerWebExchange exchange) {
        return (Endpoint) exchange.getAttributes().get(ATTRIBUTE);
    }

    void assignTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The path, each segment of which is a literal or {@code {id}}. */
    public String pattern() {
        return pattern;
    }

    /** The value of the metric label {@code endpoint}: the pattern without its variables. */
    public String label() {
        return label;
    }

    public Destination destination() {
        return destination;
    }

    /** A short description, shown on the landing page. */
    public String summary() {
        return summary;
    }

    /** The target of an example request, linked from the landing page. */
    public String example() {
        return example;
    }

    /** The methods as declared, comma-separated, shown on the landing page. */
    public String methods() {
        return methods;
    }

    /** Whether the response to GET may be long: a list, an event stream, or a file of the documentation. */
    public boolean isLong() {
        return switch (this) {
            case LANDING, PING, DB_DUMMY -> false;
            case OPENAPI, DOCS, DOCS_FILE -> true;
            default -> !pattern.endsWith("{id}");
        };
    }

    boolean allows(HttpMethod method) {
        return allowed.contains(method);
    }

    /** The value of the {@code Allow} header: the methods as declared, HEAD if GET is one of them, and OPTIONS. */
    public String allow() {
        return allow;
    }

    /** Created after the endpoints. */
    private static final class Paths {

        static final PathTable TABLE = new PathTable(values());
    }
}
