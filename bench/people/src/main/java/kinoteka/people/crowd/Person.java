package kinoteka.people.crowd;

import java.time.Instant;
import kinoteka.people.api.ApiRequest;
import kinoteka.people.api.DevelopmentToken;

/** A customer of the library, who acts as nobody else. */
public record Person(long id, String token) {

    /** @param until when the token is believed no more */
    static Person of(long id, Instant until) {
        return new Person(id, new DevelopmentToken(Long.toString(id), "customer", until).toString());
    }

    /** The same request with this person's token. */
    public ApiRequest authorize(ApiRequest request) {
        return request.withToken(token);
    }
}
