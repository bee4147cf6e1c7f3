package kinoteka.catalog.disconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.netty.channel.AbortedException;

class ClientDisconnectTest {

    /** {@link Errors} reads its numbers from the native library, which nothing but the transport loads. */
    @BeforeAll
    static void loadTheNativeLibrary() {
        Epoll.ensureAvailability();
    }

    @ParameterizedTest
    @MethodSource
    void isTheCauseOfFailedReadsAndWrites(Throwable failure) {
        assertThat(ClientDisconnect.isCauseOf(failure)).isTrue();
    }

    static Stream<Throwable> isTheCauseOfFailedReadsAndWrites() {
        return Stream.of(
                AbortedException.beforeSend(),
                new AbortedException("Connection has been closed"),
                new ClosedChannelException(),
                new SocketException("Connection reset"),
                new IOException("Connection reset by peer"),
                new IOException("Broken pipe"),
                new Errors.NativeIoException("recvAddress", -110),
                new IllegalStateException("wrapped", new ClosedChannelException()));
    }

    @ParameterizedTest
    @MethodSource
    void isNotTheCauseOfOtherFailures(Throwable failure) {
        assertThat(ClientDisconnect.isCauseOf(failure)).isFalse();
    }

    static Stream<Throwable> isNotTheCauseOfOtherFailures() {
        return Stream.of(
                new IOException("No space left on device"),
                new FileNotFoundException("page.html"),
                new TimeoutException(),
                new IllegalStateException("broken"),
                new DataAccessResourceFailureException("lost", new IOException("Connection reset by peer")));
    }
}
