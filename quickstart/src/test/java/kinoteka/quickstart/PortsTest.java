package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesTheBusyPortAndWhoNeedsIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> new Ports(0, 0, port, 0).requireFree())
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("port " + port
                            + " is busy (the catalogue needs it): stop what listens there and start again");
        }
    }
}
