package kinoteka.catalog.client;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the catalogue recognizes its gateways.
 *
 * @param credentials the secrets that gateways send as {@code kinoteka.gateway.upstream.credential}, comma-separated: one, or
 *     two while the old one is being replaced. Each has 32 to 256 visible ASCII characters. Without any, the catalogue
 *     believes every {@code X-Forwarded-For}, so only gateways may be able to reach it, and no request gets what is
 *     reserved for gateways
 */
@ConfigurationProperties("kinoteka.catalog.gateway")
record GatewaySettings(@DefaultValue List<String> credentials) {

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x21-\\x7e&&[^,]]{32,256}");

    GatewaySettings {
        credentials = List.copyOf(credentials);
        for (var credential : credentials) {
            if (!CREDENTIAL.matcher(credential).matches()) {
                throw new IllegalArgumentException("kinoteka.catalog.gateway.credentials: one of " + credential.length()
                        + " characters (expected: 32 to 256 visible ASCII characters each, without a comma)");
            }
        }
    }

    /** Without the secrets, which would otherwise get into a log. */
    @Override
    public String toString() {
        return "GatewaySettings[" + credentials.size() + " credentials]";
    }
}
