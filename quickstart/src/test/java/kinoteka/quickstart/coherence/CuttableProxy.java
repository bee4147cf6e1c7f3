package kinoteka.quickstart.coherence;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy whose connections can be cut, or made to hang, at any moment. */
public final class CuttableProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean isHanging;
    private volatile boolean isRefusing;

    /**
     * Begins to accept connections.
     *
     * @param target the port of this machine to which they are forwarded
     */
    public CuttableProxy(int target) throws IOException {
        this.target = target;
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Closes all connections, and each new one immediately until {@link #resume}. */
    public void cut() {
        isRefusing = true;
        open.forEach(CuttableProxy::close);
    }

    /** Forwards nothing until {@link #resume}; the connections remain open. */
    public void hang() {
        synchronized (gate) {
            isHanging = true;
        }
    }

    /** Forwards again. */
    public void resume() {
        isRefusing = false;
        synchronized (gate) {
            isHanging = false;
            gate.notifyAll();
        }
    }

    @Override
    public void close() {
        close(listener);
        open.forEach(CuttableProxy::close);
        resume();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // the proxy is closed, or the target does not accept connections: so neither does the proxy
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        if (isRefusing) {
            forget(client);
            return;
        }
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            Thread.startVirtualThread(() -> forward(client, server));
            Thread.startVirtualThread(() -> forward(server, client));
        } catch (IOException e) {
            forget(client);
            throw e;
        }
    }

    private void forward(Socket from, Socket to) {
        var part = new byte[16 * 1024];
        try {
            for (var length = from.getInputStream().read(part);
                    length >= 0;
                    length = from.getInputStream().read(part)) {
                awaitGate();
                to.getOutputStream().write(part, 0, length);
            }
        } catch (IOException | InterruptedException e) {
            // the connection was cut
        } finally {
            forget(from);
            forget(to);
        }
    }

    private void awaitGate() throws InterruptedException {
        synchronized (gate) {
            while (isHanging) {
                gate.wait();
            }
        }
    }

    private void forget(Socket socket) {
        open.remove(socket);
        close(socket);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
