package kinoteka.catalog.security;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;

/**
 * The public half of the key that signs tokens on developers' machines. Its private half is the SHA-256 of "Kinoteka's
 * development key: everybody knows it": whoever reads this can sign, so nobody else may believe it.
 */
public final class DevelopmentKey {

    /** The {@code iss} of its tokens. */
    public static final String ISSUER = "kinoteka-development";

    /** As everybody may have it, on the curve P-256. */
    public static final ECKey PUBLIC = new ECKey.Builder(
                    Curve.P_256,
                    new Base64URL("wj_VzkeaCLns_9ZbCT6DkeJZgfSCrl1KWiIvmHykKhc"),
                    new Base64URL("ddZ4DPzCEAf5AYvywP4fWDJoqhdwVQemwZCzRiPMj8k"))
            .keyID("kinoteka-development")
            .build();

    private DevelopmentKey() {}

    /** Whether a key is this one under whatever name. */
    static boolean is(JWK key) {
        return key instanceof ECKey other
                && other.getX().equals(PUBLIC.getX())
                && other.getY().equals(PUBLIC.getY());
    }
}
