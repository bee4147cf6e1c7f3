package kinoteka.people.scenario;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.scenario.Iteration.Exchange;
import kinoteka.people.testdata.Offers.Offer;
import kinoteka.people.testdata.TestData;
import kinoteka.people.testdata.User;
import tools.jackson.databind.JsonNode;

/** Creates and updates the offers of cinemas, and orders them. */
final class CinemaScenarios {

    /** One of this many refreshed offers is for a random movie and cinema, which may have no offer yet. */
    private static final int RANDOM_OFFER_INTERVAL = 10;

    /** One of this many orders is sent twice, as by a double click. */
    private static final int DOUBLE_CLICK_INTERVAL = 10;

    private static final int ORDERS_LIMIT = 100_000;

    private final TestData testData;
    private final String editorToken;
    private final SubjectPicker subjects;

    /** @param editorToken with which the offers are changed */
    CinemaScenarios(TestData testData, String editorToken) {
        this.testData = testData;
        this.editorToken = editorToken;
        this.subjects = new SubjectPicker(testData);
    }

    void refreshOffer(Iteration iteration) throws InterruptedException {
        var random = iteration.random();
        var known = testData.offers().pick(random);
        var isRandom = known.isEmpty() || random.nextInt(RANDOM_OFFER_INTERVAL) == 0;
        var offer = isRandom
                ? new Offer(
                        subjects.pickMovie(iteration).id(),
                        testData.cinemas().get(random.nextInt(testData.cinemas().size())))
                : known.get();
        var id = findOfferId(iteration, offer);
        if (id < 0) {
            return;
        }
        if (id == 0) {
            createOffer(iteration, offer);
            return;
        }
        new ConditionalUpdate(
                        offersPath(offer.movie()) + "/" + id,
                        editorToken,
                        current -> Map.of(
                                "discount", random.nextInt(0, 51),
                                "rating", random.nextInt(1, 6),
                                "view_count", current.path("view_count").asLong(0) + random.nextInt(1, 100)),
                        response -> false)
                .run(iteration);
    }

    void order(Iteration iteration) throws InterruptedException {
        iteration.runAsIdleUser(testData.users(), user -> {
            var random = iteration.random();
            var offer = testData.offers().pickForOrder(user, random);
            if (offer.isEmpty()) {
                iteration.recordFailure("there is no offer that this user has not ordered (expected: at least one)");
                return;
            }
            var request = user.authorize(ApiRequest.post(
                            ordersPath(user),
                            Map.of(
                                    "movie_id",
                                    offer.get().movie(),
                                    "cinema_id",
                                    offer.get().cinema())))
                    .withHeader("Idempotency-Key", new UUID(random.nextLong(), random.nextLong()).toString());
            if (random.nextInt(DOUBLE_CLICK_INTERVAL) == 0) {
                sendOrderTwice(iteration, user, offer.get(), request);
            } else {
                checkOrder(iteration, user, offer.get(), iteration.send(request), "order created");
            }
        });
    }

    /** Sends the same request twice at the same time. The idempotency key must make them one order. */
    private void sendOrderTwice(Iteration iteration, User user, Offer offer, ApiRequest request)
            throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var concurrent = executor.submit(() -> iteration.send(request));
            var first = checkOrder(iteration, user, offer, iteration.send(request), "order created");
            var second = concurrent.get();
            if (second.response().status() == 201 && second.response().id() != first.id()) {
                iteration.record(second, new CheckResult("two orders for one idempotency key", Outcome.Kind.ERROR));
            } else {
                checkOrder(iteration, user, offer, second, "same order for the same idempotency key");
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ApiResponse checkOrder(Iteration iteration, User user, Offer offer, Exchange exchange, String success)
            throws InterruptedException {
        var response = exchange.response();
        if (isFor(response.body(), offer) && response.status() == 201) {
            iteration.recordCreated(response, user.token(), null);
            return iteration.record(exchange, CheckResult.success(success));
        }
        // An earlier run may have ordered the same for this user. Then the list of the user's orders must contain the
        // order.
        var isOrdered = response.isProblem(409, "resource-exists")
                && iteration
                        .client()
                        .list(ApiRequest.get(ordersPath(user)).withToken(user.token()), ORDERS_LIMIT)
                        .stream()
                        .anyMatch(order -> isFor(order, offer));
        return iteration.record(
                exchange, isOrdered ? CheckResult.rejected("ordered in an earlier run") : CheckResult.error(response));
    }

    /** Returns the id of the movie's offer at the cinema; 0 if there is none, negative if the request has failed. */
    private long findOfferId(Iteration iteration, Offer offer) throws InterruptedException {
        var exchange = iteration.send(ApiRequest.get(offersPath(offer.movie()) + "?limit=1000"));
        var response = exchange.response();
        if (response.status() != 200) {
            iteration.record(exchange, CheckResult.error(response));
            return -1;
        }
        iteration.record(exchange, CheckResult.success("read"));
        return response.body()
                .valueStream()
                .filter(it -> it.path("cinema").path("id").asLong(0) == offer.cinema())
                .mapToLong(it -> it.path("id").asLong(0))
                .findFirst()
                .orElse(0);
    }

    private void createOffer(Iteration iteration, Offer offer) throws InterruptedException {
        var exchange = iteration.send(ApiRequest.post(
                        offersPath(offer.movie()),
                        Map.of("cinema_id", offer.cinema(), "price", randomPrice(iteration.random()), "rating", 3))
                .withToken(editorToken));
        var response = exchange.response();
        if (response.status() == 201) {
            iteration.recordCreated(response, null, null);
            testData.offers().add(offer);
            iteration.record(exchange, CheckResult.success("offer created"));
            return;
        }
        // A concurrent iteration may have created the same offer. Then the offer must exist now.
        var isCreated = response.isProblem(409, "resource-exists") && findOfferId(iteration, offer) > 0;
        iteration.record(
                exchange, isCreated ? CheckResult.rejected("offer created concurrently") : CheckResult.error(response));
    }

    static BigDecimal randomPrice(RandomGenerator random) {
        return BigDecimal.valueOf(random.nextInt(9_900, 99_900), 2);
    }

    static String offersPath(long movie) {
        return "/api/movie/" + movie + "/offers";
    }

    private static String ordersPath(User user) {
        return "/api/customer/" + user.id() + "/orders";
    }

    private static boolean isFor(JsonNode order, Offer offer) {
        return order.path("movie").path("id").asLong(0) == offer.movie()
                && order.path("cinema").path("id").asLong(0) == offer.cinema();
    }
}
