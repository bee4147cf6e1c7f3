package kinoteka.people.deed;

import java.time.LocalDate;
import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.Users;

/** Accounts are opened, and closed again by some of those who opened them. */
final class Accounts {

    private static final LocalDate OLDEST = LocalDate.of(1950, 1, 1);
    private static final int DAYS = 20_000;

    private final Users users;

    Accounts(Users users) {
        this.users = users;
    }

    void open(Visit visit) throws InterruptedException {
        var dice = visit.dice();
        var username = "guest-" + Long.toString(dice.nextLong(Long.MAX_VALUE), 36);
        var exchange = visit.send(ApiRequest.post(
                "/api/customer",
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@example.org",
                        "password",
                        Long.toString(dice.nextLong(Long.MAX_VALUE), 36) + "-secret",
                        "name",
                        Words.name(dice),
                        "surname",
                        Words.surname(dice),
                        "birthday",
                        OLDEST.plusDays(dice.nextInt(DAYS)).toString())));
        var response = exchange.response();
        var isOpen = response.status() == 201
                && response.id() > 0
                && response.text("username").equals(username);
        visit.note(exchange, isOpen ? Verdict.done("opened") : Verdict.unexpected(response));
        if (isOpen) {
            visit.added(response, null, null);
            users.addCreated(response.id());
        }
    }

    void close(Visit visit) throws InterruptedException {
        var leaver = users.removeCreated(visit.dice());
        if (leaver.isEmpty()) {
            open(visit.with(Action.OPEN_ACCOUNT));
            return;
        }
        var user = leaver.get();
        var path = "/api/customer/" + user.id();
        var exchange = visit.send(user.authorize(ApiRequest.delete(path)));
        var response = exchange.response();
        visit.note(exchange, response.status() == 204 ? Verdict.done("closed") : Verdict.unexpected(response));
        if (response.status() == 204) {
            visit.acknowledged().recordDeleted(path);
            visit.requireGone(path);
        }
    }
}
