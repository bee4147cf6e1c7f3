package kinoteka.catalog.database.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.netty.channel.AbortedException;

/**
 * Failures of the driver, which have no SQLSTATE; {@link DatabaseFailureIT} has those of the server and {@link PoolExhaustionIT}
 * those of the pool.
 */
class DatabaseFailureTest {

    private static final String RESET = "Connection reset by peer";

    @ParameterizedTest
    @MethodSource
    void isKnownByTheExceptionsThatWrapIt(Throwable failure, DatabaseFailure reason) {
        assertThat(DatabaseFailure.in(failure)).contains(reason);
    }

    static Stream<Arguments> isKnownByTheExceptionsThatWrapIt() {
        return Stream.of(
                Arguments.of(
                        new DataAccessResourceFailureException("no", new IOException(RESET)),
                        DatabaseFailure.UNREACHABLE),
                Arguments.of(
                        new R2dbcNonTransientResourceException("no", new IOException(RESET)),
                        DatabaseFailure.UNREACHABLE),
                Arguments.of(
                        new R2dbcTransientResourceException("no", new IOException(RESET)), DatabaseFailure.UNREACHABLE),
                Arguments.of(new R2dbcTimeoutException("no"), DatabaseFailure.ACQUIRE_TIMEOUT),
                Arguments.of(
                        new DataAccessResourceFailureException("no", new R2dbcTimeoutException("no")),
                        DatabaseFailure.ACQUIRE_TIMEOUT),
                Arguments.of(
                        new DataAccessResourceFailureException("no", new TimeoutException()),
                        DatabaseFailure.ACQUIRE_TIMEOUT),
                Arguments.of(
                        new DataAccessResourceFailureException(
                                "no", new R2dbcNonTransientResourceException("full", "53300")),
                        DatabaseFailure.OUT_OF_RESOURCES));
    }

    @ParameterizedTest
    @MethodSource
    void isNotTheFailureOfAnotherConnection(Throwable failure) {
        assertThat(DatabaseFailure.in(failure)).isEmpty();
    }

    static Stream<Throwable> isNotTheFailureOfAnotherConnection() {
        return Stream.of(
                new IOException(RESET),
                AbortedException.beforeSend(),
                new TimeoutException(),
                new IllegalStateException("other", new IOException(RESET)),
                new R2dbcNonTransientResourceException("short state", "X"));
    }
}
