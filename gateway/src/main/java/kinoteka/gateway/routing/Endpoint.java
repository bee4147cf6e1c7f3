package kinoteka.gateway.routing;

import static kinoteka.gateway.routing.Destination.CATALOGUE;
import static kinoteka.gateway.routing.Destination.GATEWAY;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.POST;

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
    PING("/ping", "/ping", GATEWAY, "Whether the gateway takes traffic", GET),
    DB_DUMMY("/db_dummy", "/db_dummy", CATALOGUE, "One round trip to the database and back", GET),
    MOVIES("/api/movie", "/api/movie?limit=3", CATALOGUE, "Films, the newest first", GET),
    MOVIE("/api/movie/{id}", "/api/movie/1", CATALOGUE, "One film", GET),
    CUSTOMERS("/api/customer", "/api/customer?limit=3", CATALOGUE, "Customers by username", GET),
    CUSTOMER("/api/customer/{id}", "/api/customer/1", CATALOGUE, "One customer", GET),
    SESSIONS("/api/session", "/api/session?limit=3", CATALOGUE, "Who watches what; begin to watch", GET, POST),
    SESSION("/api/session/{id}", "/api/session/1", CATALOGUE, "One viewing session; end it", GET, DELETE),
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

    boolean allows(HttpMethod method) {
        return allowed.contains(method);
    }

    /** Value of the {@code Allow} header: the methods as listed, with HEAD where there is GET, and OPTIONS. */
    public String allow() {
        return allow;
    }
}
