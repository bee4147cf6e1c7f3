package kinoteka.gateway.tls;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.stereotype.Component;

/** The HTTPS server: a second server with the configuration and the handler of the HTTP server, and TLS. */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
public class TlsServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    private final TlsSettings settings;
    private final SslBundles bundles;
    private final HttpHandler handler;
    private final AutowireCapableBeanFactory beans;
    private @Nullable WebServer server;

    TlsServer(TlsSettings settings, SslBundles bundles, HttpHandler handler, AutowireCapableBeanFactory beans) {
        this.settings = settings;
        this.bundles = bundles;
        this.handler = handler;
        this.beans = beans;
    }

    /** Returns the port on which it listens, 0 before it has started. */
    public int port() {
        return server == null ? 0 : server.getPort();
    }

    @Override
    public void start() {
        var factory = new NettyReactiveWebServerFactory();
        beans.initializeBean(factory, "tlsWebServerFactory"); // applies the customizers of the HTTP server
        factory.setPort(settings.port());
        factory.setSsl(Ssl.forBundle(ServerCertificate.BUNDLE));
        factory.setSslBundles(bundles);
        server = factory.getWebServer(handler);
        server.start();
        LOG.info("HTTPS on port {}", server.getPort());
    }

    @Override
    public void stop(Runnable stopped) {
        var stopping = server;
        if (stopping == null) {
            stopped.run();
            return;
        }
        stopping.shutDownGracefully(result -> {
            stopping.stop();
            server = null;
            stopped.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** The graceful shutdown of the HTTP server begins in the same phase. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
