package kinoteka.catalog.security.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;

/**
 * The public half of the key that signs tokens on developers' machines. Its private half is the SHA-256 of "Kinoteka's
 * development key: everybody knows it": everybody who reads this can sign tokens, so only a development machine may accept
 * them.
 */
public final class DevelopmentKey {

    /** The {@code iss} of its tokens. */
    public static final String ISSUER = "kinoteka-development";

    /** On the curve P-256. */
    public static final ECKey PUBLIC = new ECKey.Builder(
                    Curve.P_256,
                    new Base64URL("wj_VzkeaCLns_9ZbCT6DkeJZgfSCrl1KWiIvmHykKhc"),
                    new Base64URL("ddZ4DPzCEAf5AYvywP4fWDJoqhdwVQemwZCzRiPMj8k"))
            .keyID("kinoteka-development")
            .build();

    private DevelopmentKey() {}

    /** Whether a key is this one, whatever its {@code kid}. */
    static boolean is(JWK key) {
        return key instanceof ECKey other
                && other.getX().equals(PUBLIC.getX())
                && other.getY().equals(PUBLIC.getY());
    }
}
