package kinoteka.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the two services listen.
 *
 * @param gateway public
 * @param gatewayOperators metrics and health of the gateway
 * @param catalogue asked by the gateway
 * @param catalogueOperators metrics and health of the catalogue
 */
record Ports(int gateway, int gatewayOperators, int catalogue, int catalogueOperators) {

    /** Finds a busy port before anything is started, rather than in the middle of a service's log. */
    void requireFree() {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put("the gateway", gateway);
        wanted.put("the gateway's operators' port", gatewayOperators);
        wanted.put("the catalogue", catalogue);
        wanted.put("the catalogue's operators' port", catalogueOperators);
        wanted.forEach(Ports::requireFree);
    }

    private static void requireFree(String who, int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStart(
                    "port " + port + " is busy (" + who + " needs it): stop what listens there and start again", e);
        }
    }
}
