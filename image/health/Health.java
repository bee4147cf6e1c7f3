import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Leaves with 0 while the service in this container is ready, else with 1: its one argument is the operators' port. Alone in its
 * folder and without any library, so that a Java machine for it starts in a fraction of a second.
 */
final class Health {

    private static final int PATIENCE_MILLIS = 3_000;

    private Health() {}

    public static void main(String[] args) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
                    PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(answer.substring(answer.lastIndexOf('\n') + 1));
            System.exit(answer.startsWith("HTTP/1.1 200 ") || answer.startsWith("HTTP/1.0 200 ") ? 0 : 1);
        } catch (IOException e) {
            System.out.println(e);
            System.exit(1);
        }
    }
}
