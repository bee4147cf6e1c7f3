package kinoteka.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports on which the two services listen.
 *
 * @param gateway for clients
 * @param gatewayOperators metrics and health checks of the gateway
 * @param catalogue for requests of the gateway
 * @param catalogueOperators metrics and health checks of the catalogue
 */
record Ports(int gateway, int gatewayOperators, int catalogue, int catalogueOperators) {

    /** Fails if a port is in use. This is checked before anything is started, so that the message is not lost in a log. */
    void requireFree() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("gateway", gateway);
        ports.put("gateway-operators", gatewayOperators);
        ports.put("catalogue", catalogue);
        ports.put("catalogue-operators", catalogueOperators);
        ports.forEach(Ports::requireFree);
    }

    private static void requireFree(String name, int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new QuickstartException(
                    "port %d: in use by another program (expected: a free port; for another one: make run ARGS=--%s-port=…)"
                            .formatted(port, name),
                    e);
        }
    }
}
