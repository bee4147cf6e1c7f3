package kinoteka.people.deed;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.ApiResponse;
import kinoteka.people.deed.Visit.Exchange;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.testdata.Offers.Offer;
import kinoteka.people.testdata.TestData;
import kinoteka.people.testdata.User;
import tools.jackson.databind.JsonNode;

/** Cinemas refresh what they offer, people order it. */
final class Cinemas {

    private static final int ONE_NEW_OFFER_IN = 10;
    private static final int ONE_DOUBLE_CLICK_IN = 10;
    private static final int MANY = 100_000;

    private final TestData testData;
    private final String editor;
    private final Choice choice;

    /** @param editor token of who speaks for the cinemas */
    Cinemas(TestData testData, String editor) {
        this.testData = testData;
        this.editor = editor;
        this.choice = new Choice(testData);
    }

    void refresh(Visit visit) throws InterruptedException {
        var dice = visit.dice();
        var known = testData.offers().pick(dice);
        var isNew = known.isEmpty() || dice.nextInt(ONE_NEW_OFFER_IN) == 0;
        var offer = isNew
                ? new Offer(
                        choice.movie(visit).id(),
                        testData.cinemas().get(dice.nextInt(testData.cinemas().size())))
                : known.get();
        var id = find(visit, offer);
        if (id < 0) {
            return;
        }
        if (id == 0) {
            make(visit, offer);
            return;
        }
        new Change(
                        offers(offer.movie()) + "/" + id,
                        editor,
                        current -> Map.of(
                                "discount", dice.nextInt(0, 51),
                                "rating", dice.nextInt(1, 6),
                                "view_count", current.path("view_count").asLong(0) + dice.nextInt(1, 100)),
                        response -> false)
                .perform(visit);
    }

    void order(Visit visit) throws InterruptedException {
        visit.bySomebody(testData.users(), user -> {
            var offer = testData.offers().pickForOrder(user, visit.dice());
            if (offer.isEmpty()) {
                visit.impossible("there is nothing that this user has not ordered");
                return;
            }
            var request = user.authorize(ApiRequest.post(
                            orders(user),
                            Map.of(
                                    "movie_id",
                                    offer.get().movie(),
                                    "cinema_id",
                                    offer.get().cinema())))
                    .withHeader(
                            "Idempotency-Key",
                            new UUID(visit.dice().nextLong(), visit.dice().nextLong()).toString());
            if (visit.dice().nextInt(ONE_DOUBLE_CLICK_IN) == 0) {
                orderTwice(visit, user, offer.get(), request);
            } else {
                note(visit, user, offer.get(), visit.send(request), "ordered");
            }
        });
    }

    /** Two requests at the same moment with one key are one order. */
    private void orderTwice(Visit visit, User user, Offer offer, ApiRequest request) throws InterruptedException {
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = hands.submit(() -> visit.send(request));
            var first = note(visit, user, offer, visit.send(request), "ordered");
            var second = other.get();
            if (second.response().status() == 201 && second.response().id() != first.id()) {
                visit.note(second, new Verdict("one key, two orders", Outcome.Kind.ERROR));
            } else {
                note(visit, user, offer, second, "same order again");
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ApiResponse note(Visit visit, User user, Offer offer, Exchange exchange, String done)
            throws InterruptedException {
        var response = exchange.response();
        if (isOf(response.body(), offer) && response.status() == 201) {
            visit.added(response, user.token(), null);
            return visit.note(exchange, Verdict.done(done));
        }
        // Somebody else's run may have ordered for this user: then the order is there to be seen.
        var isSecond = response.isProblem(409, "resource-exists")
                && visit.client().list(ApiRequest.get(orders(user)).withToken(user.token()), MANY).stream()
                        .anyMatch(order -> isOf(order, offer));
        return visit.note(exchange, isSecond ? Verdict.refused("ordered before") : Verdict.unexpected(response));
    }

    /** The id of the film's offer at the cinema; 0 where there is none, negative where the library did not say. */
    private long find(Visit visit, Offer offer) throws InterruptedException {
        var exchange = visit.send(ApiRequest.get(offers(offer.movie()) + "?limit=1000"));
        var response = exchange.response();
        if (response.status() != 200) {
            visit.note(exchange, Verdict.unexpected(response));
            return -1;
        }
        visit.note(exchange, Verdict.done("read"));
        return response.body()
                .valueStream()
                .filter(it -> it.path("cinema").path("id").asLong(0) == offer.cinema())
                .mapToLong(it -> it.path("id").asLong(0))
                .findFirst()
                .orElse(0);
    }

    private void make(Visit visit, Offer offer) throws InterruptedException {
        var exchange = visit.send(ApiRequest.post(
                        offers(offer.movie()),
                        Map.of("cinema_id", offer.cinema(), "price", price(visit.dice()), "rating", 3))
                .withToken(editor));
        var response = exchange.response();
        if (response.status() == 201) {
            visit.added(response, null, null);
            testData.offers().add(offer);
            visit.note(exchange, Verdict.done("offered"));
            return;
        }
        // Another was faster: then the offer is there now.
        var isSecond = response.isProblem(409, "resource-exists") && find(visit, offer) > 0;
        visit.note(exchange, isSecond ? Verdict.refused("offered before") : Verdict.unexpected(response));
    }

    static BigDecimal price(RandomGenerator dice) {
        return BigDecimal.valueOf(dice.nextInt(9_900, 99_900), 2);
    }

    static String offers(long movie) {
        return "/api/movie/" + movie + "/offers";
    }

    private static String orders(User user) {
        return "/api/customer/" + user.id() + "/orders";
    }

    private static boolean isOf(JsonNode order, Offer offer) {
        return order.path("movie").path("id").asLong(0) == offer.movie()
                && order.path("cinema").path("id").asLong(0) == offer.cinema();
    }
}
