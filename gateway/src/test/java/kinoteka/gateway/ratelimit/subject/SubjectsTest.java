package kinoteka.gateway.ratelimit.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

    private static final String TOKEN = "Bearer header.claims.signature";
    private static final String NAMED = "ffffffffffffff07;max-age=60";

    private final AtomicLong clock = new AtomicLong();
    private final Subjects subjects = new Subjects(clock::get);

    @Test
    void areKnownFromTheResponseOnThatNamesThem() {
        assertThat(subjects.find(request(TOKEN))).isNull();

        respond(TOKEN, NAMED);

        assertThat(subjects.find(request(TOKEN))).isEqualTo(0xffff_ffff_ffff_ff07L);
        assertThat(subjects.find(request(TOKEN + "2"))).isNull();
        assertThat(subjects.find(new DefaultHttpHeaders())).isNull();
    }

    /** Otherwise a client could send the same token in many ways, each of which is unknown. */
    @ParameterizedTest
    @ValueSource(strings = {"bearer header.claims.signature", "BEARER header.claims.signature", TOKEN + "=="})
    void areThoseOfTheTokenHoweverItIsWritten(String authorization) {
        respond(TOKEN, NAMED);

        assertThat(subjects.find(request(authorization))).isNotNull();
    }

    @Test
    void areForgottenWhenTheTokenMayHaveExpired() {
        respond(TOKEN, NAMED);

        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(subjects.find(request(TOKEN))).isNotNull();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(subjects.find(request(TOKEN))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7;max-age=60", "ffffffffffffff07", "ffffffffffffff07;max-age=99999", "", "x"})
    void areNotReadFromAnInvalidHeader(String named) {
        respond(TOKEN, named);

        assertThat(subjects.find(request(TOKEN))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNzd29yZA==", "Bearer"})
    void areNotThoseOfOtherCredentials(String authorization) {
        respond(authorization, NAMED);

        assertThat(subjects.find(request(authorization))).isNull();
    }

    @Test
    void withoutATokenAreNotRemembered() {
        subjects.onResponse(upstreamRequest(new DefaultHttpHeaders()), response(NAMED));

        assertThat(subjects.find(request(TOKEN))).isNull();
    }

    private void respond(String authorization, String named) {
        subjects.onResponse(upstreamRequest(request(authorization)), response(named));
    }

    private static HttpHeaders request(String authorization) {
        return new DefaultHttpHeaders().set("Authorization", authorization);
    }

    private static UpstreamRequest upstreamRequest(HttpHeaders headers) {
        return new UpstreamRequest(
                Endpoint.MOVIE,
                HttpMethod.GET,
                "/api/movie/1",
                headers,
                UpstreamRequest.Body.NONE,
                PoolName.REQUESTS,
                new CallRecord());
    }

    private static UpstreamResponse response(String named) {
        return new UpstreamResponse.Complete(
                200, new DefaultHttpHeaders().set("Gateway-Subject", named), "http://catalogue", new byte[0]);
    }
}
