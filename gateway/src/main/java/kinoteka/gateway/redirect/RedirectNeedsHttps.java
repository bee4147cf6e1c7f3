package kinoteka.gateway.redirect;

import kinoteka.gateway.settings.Constraint;
import kinoteka.gateway.tls.TlsSettings;
import org.springframework.stereotype.Component;

/** Redirection leads nowhere without HTTPS. */
@Component
class RedirectNeedsHttps implements Constraint {

    @Override
    public void check(Source settings) {
        if (settings.get(RedirectSettings.class).enabled()
                && settings.get(TlsSettings.class).certificate() == null) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.redirect.enabled: true (expected: false without kinoteka.gateway.tls.certificate)");
        }
    }
}
