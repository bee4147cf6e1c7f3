package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** HTTPS without HTTP/3, as is the default. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class Http3OffIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();

    private final int httpsPort;
    private final ApplicationContext gateway;

    Http3OffIT(@Autowired TlsServer https, @Autowired ApplicationContext gateway) {
        this.httpsPort = https.port();
        this.gateway = gateway;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
    }

    @Test
    void theUdpPortIsNotUsedAndNobodyIsToldOfIt() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", httpsPort));
                var wire = Wire.tls(httpsPort)) {
            assertThat(socket.isBound()).isTrue();
            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .header("alt-svc"))
                    .isEmpty();
        }
        assertThat(gateway.getBeansOfType(Http3Server.class)).isEmpty();
        assertThat(gateway.getBeansOfType(AltSvcFilter.class)).isEmpty();
    }

    @Test
    void thereIsNoHttp3WithoutACertificate(CapturedOutput output) {
        var application = new SpringApplicationBuilder(Gateway.class);

        assertThat(catchThrowable(() -> application
                        .run("--server.port=0", "--management.server.port=0", "--kinoteka.gateway.http3.enabled=true")
                        .close()))
                .isNotNull();
        assertThat(output.getAll())
                .contains(
                        "APPLICATION FAILED TO START", "There is no HTTP/3 without kinoteka.gateway.tls.certificate.");
    }
}
