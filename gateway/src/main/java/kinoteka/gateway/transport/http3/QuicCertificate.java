package kinoteka.gateway.transport.http3;

import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import org.springframework.boot.ssl.SslBundle;

/** The certificate of the HTTPS port for QUIC. A new one is used from the next handshake on. Thread-safe. */
final class QuicCertificate {

    private volatile QuicSslContext current;

    QuicCertificate(SslBundle bundle) {
        current = context(bundle);
    }

    /** Uses another certificate from now on. */
    void update(SslBundle bundle) {
        current = context(bundle);
    }

    /** Returns the context of the server, which asks for the current certificate in each handshake, whatever the name that it is for. */
    QuicSslContext context() {
        return QuicSslContextBuilder.buildForServerWithSni(name -> current);
    }

    private static QuicSslContext context(SslBundle bundle) {
        return QuicSslContextBuilder.forServer(bundle.getManagers().getKeyManagerFactory(), null)
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
    }
}
