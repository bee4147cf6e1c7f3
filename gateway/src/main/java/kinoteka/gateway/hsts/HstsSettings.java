package kinoteka.gateway.hsts;

import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code Strict-Transport-Security}: browsers that have seen it use HTTPS only.
 *
 * @param enabled whether responses over HTTPS have the header. Responses for {@code localhost} and for IP addresses never do
 * @param maxAge how long browsers use HTTPS only after their last response; 0s tells them to forget it. 0 to 3650 d
 * @param includeSubDomains whether that applies to all subdomains of the requested host, too
 * @param preload whether browser vendors may put the host on the list that is built into browsers, from which it takes months to be removed. Needs
 *     {@code include-sub-domains} and a {@code max-age} of a year or more
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.hsts")
public record HstsSettings(
        @AtStart @DefaultValue("true") boolean enabled,

        @DefaultValue("30d") @DurationMin @DurationMax(days = 3650)
        Duration maxAge,

        @DefaultValue("false") boolean includeSubDomains,
        @DefaultValue("false") boolean preload) {

    private static final Duration PRELOAD_MIN_AGE = Duration.ofDays(365);

    public HstsSettings {
        if (preload && (!includeSubDomains || maxAge.compareTo(PRELOAD_MIN_AGE) < 0)) {
            throw new IllegalArgumentException("kinoteka.gateway.hsts.preload: true, .include-sub-domains: "
                    + includeSubDomains + ", .max-age: " + maxAge.toDays()
                    + "d (expected: with preload, include-sub-domains and at least 365d)");
        }
    }

    /** The value of the header. */
    String value() {
        return "max-age=" + maxAge.toSeconds() + (includeSubDomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "");
    }
}
