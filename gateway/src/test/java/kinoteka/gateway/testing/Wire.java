package kinoteka.gateway.testing;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection that sends exactly the characters it is given, one byte each, and reads HTTP/1.1 answers. */
public final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    public Wire(int port) throws IOException {
        this(new Socket("localhost", port));
    }

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** A connection whose receive buffer is this small, set before it is made. */
    public static Wire withReceiveBuffer(int port, int bytes) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(bytes);
        socket.connect(new InetSocketAddress("localhost", port));
        return new Wire(socket);
    }

    /** A connection from this local address, which may be any of 127.0.0.0/8. */
    public static Wire from(String address, int port) throws IOException {
        return new Wire(new Socket("127.0.0.1", port, InetAddress.getByName(address), 0));
    }

    /** A connection with TLS, whatever the server's certificate. */
    public static Wire tls(int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            return new Wire(context.getSocketFactory().createSocket("localhost", port));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The answer to one request on a connection of its own. */
    public static Answer ask(int port, String request) throws IOException {
        try (var wire = new Wire(port)) {
            return wire.send(request).answer();
        }
    }

    /** Status and headers of the answer to one request on a connection of its own. */
    public static Answer head(int port, String request) throws IOException {
        try (var wire = new Wire(port)) {
            return wire.send(request).head();
        }
    }

    /** The answer to a GET of this target. */
    public static Answer get(int port, String target) throws IOException {
        return ask(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    public Wire send(String characters) throws IOException {
        socket.getOutputStream().write(characters.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one whole answer. */
    public Answer answer() throws IOException {
        var head = head();
        var length = head.headers().get("content-length");
        if (length != null) {
            return head.with(
                    new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
        }
        if (!"chunked".equals(head.headers().get("transfer-encoding"))) {
            return head;
        }
        var body = new StringBuilder();
        for (var chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.append(chunk);
        }
        return head.with(body.toString());
    }

    /** Reads status and headers only. */
    public Answer head() throws IOException {
        var status = line();
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
    }

    /** Reads one chunk of a chunked body; the last one is empty. */
    public String chunk() throws IOException {
        var size = Integer.parseInt(line(), 16);
        var bytes = socket.getInputStream().readNBytes(size);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads until the other side closes. Throws when it resets. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = socket.getInputStream().read();
                b != '\n';
                b = socket.getInputStream().read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the other side closes or resets the connection without sending anything. Waits for it. */
    public boolean isClosed() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** The name in the certificate of the server. The connection has to be one with TLS. */
    public String subjectOfTheServer() throws IOException {
        var certificate = (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** Closes the connection now; with unread bytes, that resets it. */
    public void disconnect() throws IOException {
        socket.close();
    }

    /** Resets the connection now. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * One answer.
     *
     * @param headers by name in lower case
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        Answer with(String read) {
            return new Answer(status, headers, read);
        }

        /** The value of a header, empty when it is not there. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }
}
