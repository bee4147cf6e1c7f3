package kinoteka.gateway.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Forwards UDP datagrams between one client and a server of this machine, and loses one of those that the server sends. */
public final class LossyLink implements AutoCloseable {

    private static final int LARGEST = 1 << 16;

    private final DatagramSocket clientSide;
    private final DatagramSocket serverSide;
    private final int lost;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile @Nullable SocketAddress client;

    /**
     * Begins to forward.
     *
     * @param port of the server
     * @param lost the number of the server's datagram that is lost, from 1
     */
    public LossyLink(int port, int lost) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        clientSide = new DatagramSocket(0, loopback);
        serverSide = new DatagramSocket(0, loopback);
        serverSide.connect(new InetSocketAddress(loopback, port));
        this.lost = lost;
        Thread.ofVirtual().start(this::forwardToServer);
        Thread.ofVirtual().start(this::forwardToClient);
    }

    /** The UDP port to which the client connects. */
    public int port() {
        return clientSide.getLocalPort();
    }

    /** Whether the server has sent the datagram that is to be lost. */
    public boolean hasLost() {
        return sent.get() >= lost;
    }

    private void forwardToServer() {
        var datagram = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (receive(clientSide, datagram)) {
            client = datagram.getSocketAddress();
            send(serverSide, new DatagramPacket(datagram.getData(), datagram.getLength()));
        }
    }

    private void forwardToClient() {
        var datagram = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (receive(serverSide, datagram)) {
            if (sent.incrementAndGet() != lost) {
                send(clientSide, new DatagramPacket(datagram.getData(), datagram.getLength(), client));
            }
        }
    }

    private static boolean receive(DatagramSocket socket, DatagramPacket datagram) {
        try {
            datagram.setLength(LARGEST);
            socket.receive(datagram);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static void send(DatagramSocket socket, DatagramPacket datagram) {
        try {
            socket.send(datagram);
        } catch (IOException closed) {
            // as good as lost
        }
    }

    @Override
    public void close() {
        clientSide.close();
        serverSide.close();
    }
}
