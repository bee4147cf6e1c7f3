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
import kinoteka.people.api.ApiResponse;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.AcknowledgedChanges.Created;
import tools.jackson.databind.JsonNode;

/**
 * Rules that clients can check through the API, for the resources that this run has changed or a sample of them. A resource
 * that cannot be read violates the rule, so that the report has a line about it.
 *
 * @param replicationTimeout a violation of a rule counts only if it persists for so long, because lists are read from
 *     replicas, which may lag
 */
public record ApiRules(
        ApiClient client, AcknowledgedChanges acknowledged, RandomGenerator random, Duration replicationTimeout) {

    private static final int MAX_SAMPLE_SIZE = 2_000;
    private static final int MAX_SUBJECTS = 200;
    private static final int LIST_LIMIT = 1_000_000;
    private static final int MAX_VIOLATIONS = 100;
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    private interface Check<T> {
        /** Returns a line for each violation. */
        List<String> findViolations(T target) throws InterruptedException;
    }

    /** Checks all rules. */
    public List<RuleResult> check() throws InterruptedException {
        var created = acknowledged.created();
        var subjects = created.stream()
                .map(Created::parentPath)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(path -> path, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(MAX_SUBJECTS)
                .toList();
        var orderLists = created.stream()
                .filter(resource -> resource.path().contains("/orders/"))
                .map(order -> new Created(order.path().replaceFirst("/[0-9]+$", ""), order.token(), null))
                .distinct()
                .toList();
        return List.of(
                check("every resource whose creation was acknowledged exists", sample(created), this::checkExists),
                check(
                        "every resource whose deletion was acknowledged is not found",
                        sample(acknowledged.deleted()),
                        this::checkNotFound),
                check(
                        "a comment belongs to one movie or publication and replies only to an earlier comment on it",
                        subjects,
                        this::checkComments),
                check("a customer has at most one rating of a movie or publication", subjects, this::checkRatings),
                check(
                        "the average and the number of ratings of a movie or publication match its ratings",
                        subjects,
                        this::checkAverage),
                check(
                        "a customer has at most one order for a movie at a cinema",
                        sample(orderLists),
                        this::checkOrders));
    }

    /** Stops at the limit of violations, because a library that does not respond would take minutes for each resource. */
    private <T> RuleResult check(String rule, List<T> targets, Check<T> check) throws InterruptedException {
        var deadline = System.nanoTime() + replicationTimeout.toNanos();
        var violations = new ArrayList<String>();
        var checked = 0;
        while (checked < targets.size() && violations.size() < MAX_VIOLATIONS) {
            violations.addAll(findPersistentViolations(targets.get(checked), check, deadline));
            checked++;
        }
        return new RuleResult("api", rule, checked, violations);
    }

    /** @param deadline after which all earlier changes have reached the replicas */
    private static <T> List<String> findPersistentViolations(T target, Check<T> check, long deadline)
            throws InterruptedException {
        var violations = findViolations(target, check);
        while (!violations.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(RETRY_INTERVAL);
            violations = findViolations(target, check);
        }
        return violations;
    }

    private static <T> List<String> findViolations(T target, Check<T> check) throws InterruptedException {
        try {
            return check.findViolations(target);
        } catch (IllegalStateException unreadable) {
            return List.of(String.valueOf(unreadable.getMessage()));
        }
    }

    private List<String> checkExists(Created resource) throws InterruptedException {
        var request = ApiRequest.get(resource.path());
        var token = resource.token();
        var response = client.send(token == null ? request : request.withToken(token));
        return response.status() == 200 ? List.of() : List.of(describe(request, response, 200));
    }

    private List<String> checkNotFound(String path) throws InterruptedException {
        var request = ApiRequest.get(path);
        var response = client.send(request);
        return response.isProblem(404, "resource-not-found") ? List.of() : List.of(describe(request, response, 404));
    }

    private static String describe(ApiRequest request, ApiResponse response, int expectedStatus) {
        return request + ": " + response.status() + " " + response.text("detail") + " (expected: " + expectedStatus
                + ")";
    }

    private List<String> checkComments(String subjectPath) throws InterruptedException {
        var earlierIds = new HashSet<Long>();
        var violations = new ArrayList<String>();
        for (var comment : client.list(ApiRequest.get(subjectPath + "/comments"), LIST_LIMIT)) {
            var parent = comment.path("parent_id").asLong(0);
            if (!belongsTo(comment, subjectPath) || (parent != 0 && !earlierIds.contains(parent))) {
                violations.add(subjectPath + ": " + comment);
            }
            earlierIds.add(comment.path("id").asLong(0));
        }
        return violations;
    }

    private List<String> checkRatings(String subjectPath) throws InterruptedException {
        var customers = new HashSet<Long>();
        return client.list(ApiRequest.get(subjectPath + "/ratings"), LIST_LIMIT).stream()
                .filter(rating ->
                        !customers.add(rating.path("customer").path("id").asLong(0)) || !belongsTo(rating, subjectPath))
                .map(rating -> subjectPath + ": " + rating)
                .toList();
    }

    private List<String> checkAverage(String subjectPath) throws InterruptedException {
        var ratings = client.list(ApiRequest.get(subjectPath + "/ratings"), LIST_LIMIT);
        var stars = ratings.stream()
                .mapToLong(rating -> rating.path("stars").asLong(0))
                .sum();
        var subject = client.send(ApiRequest.get(subjectPath)).body();
        var isConsistent = subject.path("rating_count").asInt(-1) == ratings.size()
                && (ratings.isEmpty()
                        || subject.path("rating")
                                        .asDecimal(BigDecimal.ZERO)
                                        .compareTo(BigDecimal.valueOf(stars)
                                                .divide(BigDecimal.valueOf(ratings.size()), 2, RoundingMode.HALF_UP))
                                == 0);
        return isConsistent
                ? List.of()
                : List.of("%s: rating %s, rating_count %s (expected: %d stars in %d ratings)"
                        .formatted(
                                subjectPath,
                                subject.path("rating"),
                                subject.path("rating_count"),
                                stars,
                                ratings.size()));
    }

    private List<String> checkOrders(Created orderList) throws InterruptedException {
        var counts = new HashMap<String, Integer>();
        for (var order :
                client.list(new ApiRequest("GET", orderList.path(), orderList.token(), null, Map.of()), LIST_LIMIT)) {
            var movieAndCinema = "movie " + order.path("movie").path("id") + " at cinema "
                    + order.path("cinema").path("id");
            counts.merge(movieAndCinema, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(count -> orderList.path() + ": " + count.getValue() + " orders for " + count.getKey())
                .toList();
    }

    private static boolean belongsTo(JsonNode commentOrRating, String subjectPath) {
        var movie = commentOrRating.path("movie_id").asLong(0);
        var publication = commentOrRating.path("publication_id").asLong(0);
        return (movie == 0) != (publication == 0)
                && subjectPath.equals(movie == 0 ? "/api/publication/" + publication : "/api/movie/" + movie);
    }

    private <T> List<T> sample(List<T> all) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, Random.from(random));
        return shuffled.subList(0, Math.min(MAX_SAMPLE_SIZE, shuffled.size()));
    }
}
