package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the UDP port responds to somebody who may have forged his address: little, and never more than he has sent. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class DatagramFilterIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final int VERSION_1 = 1;
    private static final int OTHER_VERSION = 0xbabababa;
    private static final byte[] NO_TOKEN = {};
    private static final int ID_LENGTH = 20;

    private final int port;
    private final Scrape scrape;

    DatagramFilterIT(@Autowired Http3Port port, @LocalManagementPort int operatorsPort) {
        this.port = port.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
    }

    @Test
    void aFirstPacketGetsARetryPacketAndNothingIsKeptOfIt() throws IOException {
        try (var socket = new DatagramSocket()) {
            var retry = respond(socket, initial(VERSION_1, 1200, 8, NO_TOKEN));

            assertThat(retry[0] & 0xf0).isEqualTo(0xf0);
            assertThat(retry.length).isLessThan(150);
        }
        assertThat(scrape.sum("client_connections")).isZero();
    }

    @Test
    void anotherVersionGetsTheVersionsThatAreSupported() throws IOException {
        try (var socket = new DatagramSocket()) {
            var versions = respond(socket, initial(OTHER_VERSION, 1200, 8, NO_TOKEN));

            assertThat(ByteBuffer.wrap(versions).getInt(1)).isZero();
            assertThat(versions.length).isLessThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {VERSION_1, OTHER_VERSION})
    void aSmallFirstPacketGetsNothing(int version) throws IOException {
        try (var socket = new DatagramSocket()) {
            assertThat(respond(socket, initial(version, 1199, 8, NO_TOKEN))).isEmpty();
            assertThat(respond(socket, initial(version, 40, 8, NO_TOKEN))).isEmpty();
        }
    }

    @Test
    void aTokenWithoutTheConnectionIdOfItsRetryPacketGetsNothing(CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        try (var socket = new DatagramSocket()) {
            var retry = respond(socket, initial(VERSION_1, 1200, 8, NO_TOKEN));
            var sourceIdLength = 6 + 8; // the connection ids in the response have changed places
            assertThat(retry[sourceIdLength]).isEqualTo((byte) ID_LENGTH);
            var token = Arrays.copyOfRange(retry, sourceIdLength + 1 + ID_LENGTH, retry.length - 16);

            assertThat(respond(socket, initial(VERSION_1, 1200, 8, token))).isEmpty();
            assertThat(respond(socket, initial(VERSION_1, 1200, 0, token))).isEmpty();
        }
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    @Test
    void nonsenseGetsNothing(CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        var random = new Random(1);
        try (var socket = new DatagramSocket()) {
            for (int i = 0; i < 2000; i++) {
                var bytes = new byte[i % 7 == 0 ? 1200 : random.nextInt(100)];
                random.nextBytes(bytes);
                if (i % 3 == 0 && bytes.length > 5) {
                    ByteBuffer.wrap(bytes).putInt(1, VERSION_1);
                }
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            }
        }
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.get("/ping").response()).isEqualTo("200 pong");
        }
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    /** An Initial packet (RFC 9000, 17.2.2), of which the encrypted part is nonsense. */
    private static byte[] initial(int version, int length, int idLength, byte[] token) {
        var packet = ByteBuffer.allocate(length).put((byte) 0xc0).putInt(version);
        packet.put((byte) idLength).position(packet.position() + idLength);
        packet.put((byte) 8).position(packet.position() + 8);
        packet.put((byte) token.length).put(token);
        return packet.putShort((short) (0x4000 | packet.remaining() - 2)).array();
    }

    /** Returns the response, empty if there is none within some time. */
    private byte[] respond(DatagramSocket socket, byte[] packet) throws IOException {
        socket.setSoTimeout(1000);
        socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
        var response = new DatagramPacket(new byte[2000], 2000);
        try {
            socket.receive(response);
        } catch (SocketTimeoutException none) {
            return new byte[0];
        }
        return Arrays.copyOf(response.getData(), response.getLength());
    }
}
