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
 * The certificate that clients are shown. Its files are looked at again and again, so that one who renews it need not tell
 * anybody; what cannot be used is told once and changes nothing.
 */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
class ShownCertificate implements SslBundleRegistrar, DisposableBean {

    static final String BUNDLE = "public";

    private static final Logger LOG = LoggerFactory.getLogger(ShownCertificate.class);

    private final TlsSettings settings;
    private final Gauge expiry;
    private String refused = "";
    private Disposable looking = Disposables.disposed();

    ShownCertificate(TlsSettings settings, PrometheusRegistry registry) {
        this.settings = settings;
        this.expiry = Gauge.builder()
                .name("tls_certificate_expiry_timestamp_seconds")
                .help("When the certificate that clients are shown expires, in seconds since 1970.")
                .register(registry);
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        var first = CertificateFiles.read(settings);
        registry.registerBundle(BUNDLE, show(first));
        var interval = settings.lookInterval().toMillis();
        var look = new Look(registry, first);
        looking = Schedulers.boundedElastic().schedulePeriodically(look, interval, interval, TimeUnit.MILLISECONDS);
    }

    private SslBundle show(CertificateFiles files) {
        var bundle = files.bundle();
        var certificate = CertificateFiles.shownBy(bundle);
        expiry.set((double) certificate.getNotAfter().toInstant().getEpochSecond());
        LOG.info(
                "certificate of {}, until {}",
                certificate.getSubjectX500Principal(),
                certificate.getNotAfter().toInstant());
        return bundle;
    }

    @Override
    public void destroy() {
        looking.dispose();
    }

    /** Compares the files with what is shown. */
    private final class Look implements Runnable {

        private final SslBundleRegistry registry;
        private CertificateFiles shown;

        Look(SslBundleRegistry registry, CertificateFiles shown) {
            this.registry = registry;
            this.shown = shown;
        }

        @Override
        public void run() {
            try {
                var found = CertificateFiles.read(settings);
                if (!found.equals(shown)) {
                    registry.updateBundle(BUNDLE, show(found));
                    shown = found;
                }
                refused = "";
            } catch (RuntimeException e) {
                var reason = String.valueOf(e.getMessage());
                if (!reason.equals(refused)) {
                    refused = reason;
                    LOG.warn("The old certificate is shown on: {}", reason);
                }
            }
        }
    }
}
