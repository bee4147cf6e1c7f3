package kinoteka.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.NotYetConnectedException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class ReasonTest {

    static final List<Arguments> FAILURES = List.of(
            Arguments.of(new ConnectException("Connection refused"), Reason.UNREACHABLE),
            Arguments.of(new ConnectTimeoutException(), Reason.UNREACHABLE),
            Arguments.of(new NotYetConnectedException(), Reason.UNREACHABLE),
            Arguments.of(new UnknownHostException("catalogue"), Reason.UNREACHABLE),
            Arguments.of(ReadTimeoutException.INSTANCE, Reason.TIMED_OUT),
            Arguments.of(new IOException("Connection reset by peer"), Reason.BROKEN_OFF),
            Arguments.of(new IllegalArgumentException("invalid version format"), Reason.BROKEN_OFF));

    @ParameterizedTest
    @FieldSource("FAILURES")
    void isReadFromTheFailure(Throwable failure, Reason reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }
}
