package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesThePortThatIsInUseAndTheOptionForAnotherOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> new Ports(0, 0, port, 0).requireFree())
                    .isInstanceOf(QuickstartException.class)
                    .hasMessage("port " + port + ": in use by another program"
                            + " (expected: a free port; for another one: make run ARGS=--catalogue-port=…)");
        }
    }
}
