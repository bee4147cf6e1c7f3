package kinoteka.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemException;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.netty.channel.AbortedException;

class RequestRecordTest {

    static final List<Arguments> FAILURES_AFTER_THE_HEADERS = List.of(
            Arguments.of(new ClientDisconnected(), 499),
            Arguments.of(new AbortedException("Connection has been closed"), 499),
            Arguments.of(new IOException("Connection reset by peer"), 499),
            Arguments.of(new ProblemException(Problem.UPSTREAM_FAILED, "incomplete"), 502),
            Arguments.of(new ProblemException(Problem.UPSTREAM_TIMEOUT, "nothing was read in time"), 502),
            Arguments.of(new IllegalStateException("a defect"), 502));

    private static final Trace TRACE = Trace.from(List.of());
    private static final RequestOrigin ORIGIN = new RequestOrigin("HTTP/1.1", null);

    private final AtomicLong clock = new AtomicLong(1_000);
    private final List<RequestRecord> ended = new ArrayList<>();
    private final RequestRecords records = new RequestRecords(List.of(ended::add), clock::get);
    private final RequestRecord request = records.begin("localhost", "GET", ORIGIN, TRACE, 100);

    @ParameterizedTest
    @FieldSource("FAILURES_AFTER_THE_HEADERS")
    void aFailureAfterTheHeadersIsThatOfTheClientOrOfTheCatalogue(Throwable failure, int status) {
        request.end(Endpoint.MOVIE, Ending.of(failure), 200);

        assertThat(request.status()).isEqualTo(status);
    }

    @Test
    void isTimedFromTheReceiptOfItsHeaders() {
        clock.set(1_500);
        request.respondedBy("http://a");
        clock.set(3_000);
        request.end(Endpoint.MOVIE, Ending.COMPLETED, 200);

        assertThat(request.nanosToFirstByte()).isEqualTo(600);
        assertThat(request.nanos()).isEqualTo(2_100);
        assertThat(request.instance()).isEqualTo("http://a");
    }

    @Test
    void endsOnceWhateverIsReportedLater() {
        request.end(Endpoint.MOVIE, Ending.CLIENT_DISCONNECTED, 200);
        assertThat(ended).containsExactly(request);

        clock.set(9_000);
        request.end(Endpoint.MOVIE, Ending.COMPLETED, 200);

        assertThat(ended).containsExactly(request);
        assertThat(request.status()).isEqualTo(499);
        assertThat(request.ending()).isEqualTo(Ending.CLIENT_DISCONNECTED);
        assertThat(request.nanos()).isEqualTo(100);
    }

    @Test
    void isGivenToTheListenersWithWhatTheClientAsked() {
        request.end(Endpoint.MOVIE, Ending.COMPLETED, 200);

        assertThat(request.host()).isEqualTo("localhost");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.origin()).isSameAs(ORIGIN);
        assertThat(request.trace()).isSameAs(TRACE);
        assertThat(request.endpoint()).isEqualTo(Endpoint.MOVIE);
    }

    @Test
    void aRequestThatTheTransportAnsweredIsRecordedToo() {
        records.rejected("localhost", "", ORIGIN, TRACE, Problem.REQUEST_MALFORMED);

        assertThat(ended).singleElement().satisfies(rejected -> {
            assertThat(rejected.status()).isEqualTo(400);
            assertThat(rejected.problem()).isEqualTo(Problem.REQUEST_MALFORMED);
            assertThat(rejected.endpoint()).isNull();
            assertThat(rejected.nanos()).isZero();
        });
    }

    @Test
    void countsBytesOfBothBodies() {
        request.received(3);
        request.received(4);
        request.sent(5);

        assertThat(request.bytesReceived()).isEqualTo(7);
        assertThat(request.bytesSent()).isEqualTo(5);
    }

    @Test
    void aRejectionByTheTransportDeterminesTheStatus() {
        request.rejectByTransport(Problem.REQUEST_MALFORMED);
        request.respondedWith(null);
        request.end(Endpoint.MOVIE, Ending.CLIENT_DISCONNECTED, 200);

        assertThat(request.status()).isEqualTo(400);
        assertThat(request.problem()).isEqualTo(Problem.REQUEST_MALFORMED);
        assertThat(request.ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void hasNoStatusBeforeItHasEnded() {
        assertThatIllegalStateException().isThrownBy(request::status);
    }
}
