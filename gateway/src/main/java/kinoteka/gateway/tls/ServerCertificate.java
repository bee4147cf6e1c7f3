package kinoteka.gateway.tls;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * The certificate of the HTTPS port. Its files are read again at an interval, so that a renewed certificate is used without a
 * restart. An unusable certificate is logged once; the previous one stays in use.
 */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
public class ServerCertificate implements SslBundleRegistrar, DisposableBean {

    /** The name of the SSL bundle. */
    public static final String BUNDLE = "public";

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    private final TlsSettings settings;
    private final Gauge expiry;
    private Disposable reloads = Disposables.disposed();

    ServerCertificate(TlsSettings settings, PrometheusRegistry registry) {
        this.settings = settings;
        this.expiry = Gauge.builder()
                .name("tls_certificate_expiry_timestamp_seconds")
                .help("When the server's certificate expires, in seconds since 1970.")
                .register(registry);
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        var files = CertificateFiles.read(settings);
        registry.registerBundle(BUNDLE, load(files));
        var interval = settings.reloadInterval().toMillis();
        reloads = Schedulers.boundedElastic()
                .schedulePeriodically(new Reload(registry, files), interval, interval, TimeUnit.MILLISECONDS);
    }

    private SslBundle load(CertificateFiles files) {
        var bundle = files.bundle();
        var certificate = CertificateFiles.serverCertificate(bundle);
        expiry.set((double) certificate.getNotAfter().toInstant().getEpochSecond());
        LOG.info(
                "The server certificate is for {} and expires at {}",
                certificate.getSubjectX500Principal(),
                certificate.getNotAfter().toInstant());
        return bundle;
    }

    @Override
    public void destroy() {
        reloads.dispose();
    }

    /** Replaces the certificate if the files have changed. */
    private final class Reload implements Runnable {

        private final SslBundleRegistry registry;
        private CertificateFiles inUse;
        private String lastError = "";

        Reload(SslBundleRegistry registry, CertificateFiles inUse) {
            this.registry = registry;
            this.inUse = inUse;
        }

        @Override
        public void run() {
            try {
                var files = CertificateFiles.read(settings);
                if (!files.equals(inUse)) {
                    registry.updateBundle(BUNDLE, load(files));
                    inUse = files;
                }
                lastError = "";
            } catch (RuntimeException e) {
                var error = String.valueOf(e.getMessage());
                if (!error.equals(lastError)) {
                    lastError = error;
                    LOG.warn("The new certificate is unusable, the previous one stays in use: {}", error);
                }
            }
        }
    }
}
