package kinoteka.gateway.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server in the catalogue's place that sends exactly the characters it is told to, valid HTTP or not. Health checks succeed, and the
 * gateway's own listening to changes is refused.
 */
public final class RawUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> talking = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Conversation conversation = connection -> {};

    public RawUpstream() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Closes all connections of requests. Talks to each connection of requests from now on like this, and closes it afterwards. */
    public void talks(Conversation talk) throws IOException {
        for (var socket : talking) {
            socket.close();
        }
        Awaitility.await().until(talking::isEmpty);
        conversation = talk;
        connections.set(0);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections on which a request has arrived since {@link #talks}. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var connection = new Connection(socket);
            var first = connection.awaitRequest();
            while (first.startsWith("GET /ping ") || first.startsWith("GET /api/changes ")) {
                connection.send(
                        first.startsWith("GET /ping ")
                                ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong"
                                : "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
                first = connection.awaitRequest();
            }
            talking.add(socket);
            connections.incrementAndGet();
            connection.unread = first;
            conversation.hold(connection);
        } catch (Exception closed) {
            // by either side; what the client of the gateway sees is what the tests look at
        } finally {
            open.remove(socket);
            talking.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }

    /** What the server does on one connection. */
    public interface Conversation {
        void hold(Connection connection) throws Exception;
    }

    /** One connection from the gateway. */
    public static final class Connection {

        private final Socket socket;
        private final BufferedReader reader;
        private @Nullable String unread;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        /** Waits for the head of the next request and returns its first line; fails when the gateway closes the connection. */
        public String awaitRequest() throws IOException {
            if (unread != null) {
                var line = unread;
                unread = null;
                return line;
            }
            var first = line();
            while (!line().isEmpty()) {
                // a header
            }
            return first;
        }

        private String line() throws IOException {
            var line = reader.readLine();
            if (line == null) {
                throw new EOFException("the gateway has closed the connection");
            }
            return line;
        }

        /** Sends these characters at once. */
        public void send(String characters) throws IOException {
            socket.getOutputStream().write(characters.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Sends a whole response with this body. */
        public void respond(String body) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }
}
