package kinoteka.people.testdata;

import java.time.Instant;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.DevelopmentToken;

/**
 * A simulated user, who is a customer of the library.
 *
 * @param id of the customer
 * @param token which authenticates this customer
 */
public record User(long id, String token) {

    /** @param tokenExpires when the token expires */
    static User of(long id, Instant tokenExpires) {
        return new User(id, new DevelopmentToken(Long.toString(id), "customer", tokenExpires).toString());
    }

    /** Returns a copy of the request that is authenticated with this user's token. */
    public ApiRequest authorize(ApiRequest request) {
        return request.withToken(token);
    }
}
