package kinoteka.people.scenario;

import java.time.LocalDate;
import java.util.Map;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.testdata.Users;

/** Opens accounts, and closes some of the accounts that were opened in this run. */
final class AccountScenarios {

    private static final LocalDate EARLIEST_BIRTHDAY = LocalDate.of(1950, 1, 1);
    private static final int BIRTHDAY_RANGE_DAYS = 20_000;

    private final Users users;

    AccountScenarios(Users users) {
        this.users = users;
    }

    void open(Iteration iteration) throws InterruptedException {
        var random = iteration.random();
        var username = "guest-" + Long.toString(random.nextLong(Long.MAX_VALUE), 36);
        var exchange = iteration.send(ApiRequest.post(
                "/api/customer",
                Map.of(
                        "username",
                        username,
                        "email",
                        username + "@example.org",
                        "password",
                        Long.toString(random.nextLong(Long.MAX_VALUE), 36) + "-secret",
                        "name",
                        RandomText.name(random),
                        "surname",
                        RandomText.surname(random),
                        "birthday",
                        EARLIEST_BIRTHDAY
                                .plusDays(random.nextInt(BIRTHDAY_RANGE_DAYS))
                                .toString())));
        var response = exchange.response();
        var isOpened = response.status() == 201
                && response.id() > 0
                && response.text("username").equals(username);
        iteration.record(exchange, isOpened ? CheckResult.success("account opened") : CheckResult.error(response));
        if (isOpened) {
            iteration.recordCreated(response, null, null);
            users.addCreated(response.id());
        }
    }

    void close(Iteration iteration) throws InterruptedException {
        var removed = users.removeCreated(iteration.random());
        if (removed.isEmpty()) {
            open(iteration.of(Scenario.OPEN_ACCOUNT));
            return;
        }
        var user = removed.get();
        var path = "/api/customer/" + user.id();
        var exchange = iteration.send(user.authorize(ApiRequest.delete(path)));
        var response = exchange.response();
        var isClosed = response.status() == 204;
        iteration.record(exchange, isClosed ? CheckResult.success("account closed") : CheckResult.error(response));
        if (isClosed) {
            iteration.acknowledged().recordDeleted(path);
            iteration.checkNotFound(path);
        } else {
            iteration.acknowledged().recordUnknown(path);
        }
    }
}
