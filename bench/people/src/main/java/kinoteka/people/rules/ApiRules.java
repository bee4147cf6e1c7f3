package kinoteka.people.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import kinoteka.people.api.ApiClient;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.AcknowledgedChanges.Created;
import tools.jackson.databind.JsonNode;

/**
 * What clients may rely on once the library has answered them, asked of the library itself: of everything that this run
 * touched, or of a sample where that is much. Lists come from replicas, which get a while to follow.
 */
public record ApiRules(ApiClient client, AcknowledgedChanges acknowledged, RandomGenerator dice) {

    private static final int SAMPLE = 2_000;
    private static final int THINGS = 200;
    private static final int MANY = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private interface Check<T> {
        /** What is wrong with it, a line each. */
        List<String> broken(T thing) throws InterruptedException;
    }

    /** What each rule finds. */
    public List<Finding> findings() throws InterruptedException {
        var added = acknowledged.created();
        var things = added.stream()
                .map(Created::parentPath)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(thing -> thing, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(THINGS)
                .toList();
        var orders = added.stream()
                .filter(one -> one.path().contains("/orders/"))
                .map(one -> new Created(one.path().replaceFirst("/[0-9]+$", ""), one.token(), null))
                .distinct()
                .toList();
        return List.of(
                find("what was acknowledged is there", sample(added), this::isThere),
                find("what was deleted is gone", sample(acknowledged.deleted()), this::isGone),
                find("a comment is about one thing, and answers an earlier one about it", things, this::comments),
                find("a customer rates a thing once", things, this::ratings),
                find("a thing's rating and count are those of its ratings", things, this::average),
                find("a customer orders a film at a cinema once", sample(orders), this::orders));
    }

    private static <T> Finding find(String rule, List<T> things, Check<T> check) throws InterruptedException {
        var broken = new ArrayList<String>();
        for (var thing : things) {
            broken.addAll(afterAWhile(thing, check));
        }
        return new Finding("api", rule, things.size(), broken);
    }

    private static <T> List<String> afterAWhile(T thing, Check<T> check) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var broken = check.broken(thing);
        while (!broken.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE);
            broken = check.broken(thing);
        }
        return broken;
    }

    private List<String> isThere(Created thing) throws InterruptedException {
        var request = ApiRequest.get(thing.path());
        var token = thing.token();
        var response = client.send(token == null ? request : request.withToken(token));
        return response.status() == 200
                ? List.of()
                : List.of(request + ": " + response.status() + " " + response.problemType());
    }

    private List<String> isGone(String path) throws InterruptedException {
        var response = client.send(ApiRequest.get(path));
        return response.isProblem(404, "resource-not-found") ? List.of() : List.of(path + ": " + response.status());
    }

    private List<String> comments(String thing) throws InterruptedException {
        var earlier = new HashSet<Long>();
        var broken = new ArrayList<String>();
        for (var comment : client.list(ApiRequest.get(thing + "/comments"), MANY)) {
            var parent = comment.path("parent_id").asLong(0);
            if (!isAbout(comment, thing) || (parent != 0 && !earlier.contains(parent))) {
                broken.add(thing + ": " + comment);
            }
            earlier.add(comment.path("id").asLong(0));
        }
        return broken;
    }

    private List<String> ratings(String thing) throws InterruptedException {
        var raters = new HashSet<Long>();
        return client.list(ApiRequest.get(thing + "/ratings"), MANY).stream()
                .filter(rating -> !raters.add(rating.path("customer").path("id").asLong(0)) || !isAbout(rating, thing))
                .map(rating -> thing + ": " + rating)
                .toList();
    }

    private List<String> average(String thing) throws InterruptedException {
        var ratings = client.list(ApiRequest.get(thing + "/ratings"), MANY);
        var stars = ratings.stream()
                .mapToLong(rating -> rating.path("stars").asLong(0))
                .sum();
        var shown = client.send(ApiRequest.get(thing)).body();
        var isTrue = shown.path("rating_count").asInt(-1) == ratings.size()
                && (ratings.isEmpty()
                        || shown.path("rating")
                                        .asDecimal(BigDecimal.ZERO)
                                        .compareTo(BigDecimal.valueOf(stars)
                                                .divide(BigDecimal.valueOf(ratings.size()), 2, RoundingMode.HALF_UP))
                                == 0);
        return isTrue
                ? List.of()
                : List.of("%s: %s of %s (expected: %d stars of %d)"
                        .formatted(thing, shown.path("rating"), shown.path("rating_count"), stars, ratings.size()));
    }

    private List<String> orders(Created orders) throws InterruptedException {
        var list = new HashMap<String, Integer>();
        for (var order : client.list(new ApiRequest("GET", orders.path(), orders.token(), null, Map.of()), MANY)) {
            var pair = "film " + order.path("movie").path("id") + " at cinema "
                    + order.path("cinema").path("id");
            list.merge(pair, 1, Integer::sum);
        }
        return list.entrySet().stream()
                .filter(pair -> pair.getValue() > 1)
                .map(pair -> orders.path() + ": " + pair.getKey() + " " + pair.getValue() + " times")
                .toList();
    }

    private static boolean isAbout(JsonNode remark, String thing) {
        var movie = remark.path("movie_id").asLong(0);
        var publication = remark.path("publication_id").asLong(0);
        return (movie == 0) != (publication == 0)
                && thing.equals(movie == 0 ? "/api/publication/" + publication : "/api/movie/" + movie);
    }

    private <T> List<T> sample(List<T> things) {
        var shuffled = new ArrayList<>(things);
        Collections.shuffle(shuffled, Random.from(dice));
        return shuffled.subList(0, Math.min(SAMPLE, shuffled.size()));
    }
}
