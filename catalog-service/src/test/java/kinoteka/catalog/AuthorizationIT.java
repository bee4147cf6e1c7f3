package kinoteka.catalog;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Who may do what: the status of every operation that is not public, for every kind of caller. */
@CatalogIT
class AuthorizationIT {

    /** No token; another customer; the customer that the resource belongs to; an editor of the same id; an administrator. */
    private static final String TABLE = """
            POST   /api/movie                          401 403 403 201 201
            PUT    /api/movie/{id}                     401 403 403 200 200
            PATCH  /api/movie/{id}                     401 403 403 200 200
            DELETE /api/movie/{id}                     401 403 403 204 204
            POST   /api/movie/{id}/staff               401 403 403 201 201
            DELETE /api/movie/{id}/staff/{memberId}    401 403 403 204 204
            POST   /api/movie/{id}/offers              401 403 403 201 201
            PATCH  /api/movie/{id}/offers/{offerId}    401 403 403 200 200
            DELETE /api/movie/{id}/offers/{offerId}    401 403 403 204 204
            POST   /api/person                         401 403 403 201 201
            PUT    /api/person/{id}                    401 403 403 200 200
            PATCH  /api/person/{id}                    401 403 403 200 200
            DELETE /api/person/{id}                    401 403 403 204 204
            POST   /api/award                          401 403 403 201 201
            PUT    /api/award/{id}                     401 403 403 200 200
            DELETE /api/award/{id}                     401 403 403 204 204
            POST   /api/cinema                         401 403 403 201 201
            PUT    /api/cinema/{id}                    401 403 403 200 200
            PATCH  /api/cinema/{id}                    401 403 403 200 200
            DELETE /api/cinema/{id}                    401 403 403 204 204
            POST   /api/tag                            401 403 403 201 201
            PUT    /api/tag/{id}                       401 403 403 200 200
            DELETE /api/tag/{id}                       401 403 403 204 204
            POST   /api/position                       401 403 403 201 201
            PUT    /api/position/{id}                  401 403 403 200 200
            DELETE /api/position/{id}                  401 403 403 204 204
            POST   /api/film_award                     401 403 403 201 201
            PUT    /api/film_award/{id}                401 403 403 200 200
            DELETE /api/film_award/{id}                401 403 403 204 204
            POST   /api/nomination                     401 403 403 201 201
            PUT    /api/nomination/{id}                401 403 403 200 200
            DELETE /api/nomination/{id}                401 403 403 204 204
            POST   /api/category                       401 403 403 201 201
            PUT    /api/category/{id}                  401 403 403 200 200
            DELETE /api/category/{id}                  401 403 403 204 204
            PATCH  /api/customer/{id}                  401 403 200 403 200
            DELETE /api/customer/{id}                  401 403 204 403 204
            GET    /api/customer/{id}/orders           401 403 200 403 200
            POST   /api/customer/{id}/orders           401 403 201 403 201
            GET    /api/customer/{id}/orders/{orderId} 401 403 200 403 200
            POST   /api/session                        401 403 201 403 201
            DELETE /api/session/{id}                   401 404 204 404 204
            POST   /api/publication                    401 201 201 403 403
            PATCH  /api/publication/{id}               401 403 200 200 200
            DELETE /api/publication/{id}               401 403 204 204 204
            POST   /api/publication/{id}/comments      401 201 201 403 403
            POST   /api/publication/{id}/ratings       401 201 201 403 403
            POST   /api/movie/{id}/comments            401 201 201 403 403
            POST   /api/movie/{id}/ratings             401 201 201 403 403
            PATCH  /api/comment/{id}                   401 404 200 404 200
            DELETE /api/comment/{id}                   401 404 204 404 204
            DELETE /api/rating/{id}                    401 404 204 404 204
            """;

    private static final List<String> CALLERS =
            List.of("nobody", "another customer", "the customer", "an editor", "an administrator");

    /** Opening an account needs no account. */
    private static final Set<String> PUBLIC_WRITES = Set.of("POST /api/customer");

    private static final Map<String, Body> BODIES = Map.ofEntries(
            Map.entry("/api/movie", owner -> "{\"title\":\"Зеркало\",\"year\":1975,\"duration\":107}"),
            Map.entry("/api/movie/{id}/staff", owner -> "{\"person_id\":%d,\"position_id\":%d}"
                    .formatted(Samples.person(), Samples.term("positions"))),
            Map.entry("/api/movie/{id}/offers", owner -> "{\"cinema_id\":%d,\"price\":1,\"rating\":5}"
                    .formatted(Samples.cinemaOffering(Samples.stalker()))),
            Map.entry("/api/movie/{id}/comments", owner -> "{\"text\":\"Медленно\"}"),
            Map.entry("/api/movie/{id}/ratings", owner -> "{\"stars\":5}"),
            Map.entry(
                    "/api/person",
                    owner -> "{\"first_name\":\"Алла\",\"last_name\":\"Демидова\",\"country\":\"СССР\"}"),
            Map.entry("/api/award", owner -> "{\"film_award_id\":%d,\"nomination_id\":%d,\"movie_id\":%d}"
                    .formatted(Samples.term("film_awards"), Samples.term("nominations"), Samples.stalker())),
            Map.entry("/api/cinema", owner -> "{\"title\":\"%1$s\",\"url\":\"https://%1$s.example\"}"
                    .formatted(Samples.unique("a").replace(" ", ""))),
            Map.entry("/api/tag", owner -> term()),
            Map.entry("/api/position", owner -> term()),
            Map.entry("/api/film_award", owner -> term()),
            Map.entry("/api/nomination", owner -> term()),
            Map.entry("/api/category", owner -> term()),
            Map.entry("/api/customer/{id}/orders", owner -> {
                var movie = Samples.stalker();
                return "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
            }),
            Map.entry("/api/session", owner -> "{\"customer_id\":%d,\"movie_id\":%d}"
                    .formatted(owner, Samples.stalker())),
            Map.entry("/api/publication", owner -> "{\"title\":\"О Зоне\",\"text\":\"Дорога\",\"category_id\":%d}"
                    .formatted(Samples.term("publication_categories"))),
            Map.entry("/api/publication/{id}/comments", owner -> "{\"text\":\"Медленно\"}"),
            Map.entry("/api/publication/{id}/ratings", owner -> "{\"stars\":5}"));

    private Api api;
    private Api admin;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        admin = api.as(Bearer.admin());
    }

    @Test
    void namesEveryOperationThatIsNotPublic(@Autowired RequestMappingHandlerMapping controllers) {
        var writes = controllers.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + pattern.getPatternString())))
                .filter(operation -> !operation.startsWith("GET ") && !PUBLIC_WRITES.contains(operation))
                .collect(toSet());
        var reads = Set.of("GET /api/customer/{id}/orders", "GET /api/customer/{id}/orders/{orderId}");

        assertThat(rules().map(Rule::operation))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(writes.stream(), reads.stream()).toList());
    }

    @TestFactory
    Stream<DynamicTest> answersEveryCallerAsTheTableSays() {
        return rules().map(rule -> dynamicTest(rule.operation(), () -> {
            var target = target(rule.path());
            for (int caller = 0; caller < CALLERS.size(); caller++) {
                int expected = rule.statuses().get(caller);
                check(rule, caller, expected, target);
                if (expected == 204) {
                    target = target(rule.path());
                }
            }
        }));
    }

    private void check(Rule rule, int caller, int expected, Target target) throws SQLException {
        var api = caller(caller, target);
        var before = admin.get(target.path());

        var answer =
                switch (rule.method().name()) {
                    case "PUT" -> api.put(target.path(), before.body().toString());
                    case "PATCH" -> api.patch(target.path(), "{}");
                    case "POST" -> api.post(target.path(), rule.body(target.owner()));
                    default -> api.send(rule.method(), target.path(), null);
                };

        assertThat(answer.status())
                .as(CALLERS.get(caller) + " " + answer.body())
                .isEqualTo(expected);
        if (expected >= 400) {
            assertThat(admin.get(target.path()).body()).isEqualTo(before.body());
        }
    }

    private Api caller(int index, Target target) throws SQLException {
        return switch (index) {
            case 0 -> api;
            case 1 -> api.as(Bearer.customer(Samples.customer()));
            case 2 -> api.as(Bearer.customer(target.owner()));
            case 3 -> api.as(Bearer.header(Bearer.token(String.valueOf(target.owner()), "editor")));
            default -> admin;
        };
    }

    /** The address of a new resource, or of a collection of a new resource, and the customer that it belongs to. */
    private static Target target(String pattern) throws SQLException {
        var segments = List.of(pattern.split("/", -1));
        if (!pattern.contains("{")) {
            return new Target(pattern, Samples.customer());
        }
        if (pattern.endsWith("/{orderId}")) {
            var customer = Samples.customer();
            var movie = Samples.stalker();
            var order = RealPostgres.ask(
                    "insert into orders (customer_id, movie_id, cinema_id, price) values (?, ?, ?, 1) returning id",
                    customer,
                    movie,
                    Samples.cinemaOffering(movie));
            return new Target("/api/customer/" + customer + "/orders/" + order, customer);
        }
        var collection = pattern.endsWith("}") ? "" : "/" + segments.getLast();
        var resource = EditableResource.create(pattern.substring(0, pattern.length() - collection.length()));
        return new Target(
                resource.path() + collection,
                Optional.of(resource.owner()).filter(owner -> owner > 0).orElse(Samples.customer()));
    }

    private static String term() {
        return "{\"title\":\"%s\"}".formatted(Samples.unique("t").substring(0, 20));
    }

    private static Stream<Rule> rules() {
        return TABLE.lines()
                .map(line -> line.split(" +"))
                .map(cells -> new Rule(
                        HttpMethod.valueOf(cells[0]),
                        cells[1],
                        Arrays.stream(cells).skip(2).map(Integer::valueOf).toList()));
    }

    /** @param statuses one for each of the callers */
    private record Rule(HttpMethod method, String path, List<Integer> statuses) {

        String operation() {
            return method + " " + path;
        }

        String body(long owner) throws SQLException {
            return Objects.requireNonNull(BODIES.get(path)).of(owner);
        }
    }

    private record Target(String path, long owner) {}

    private interface Body {
        String of(long owner) throws SQLException;
    }
}
