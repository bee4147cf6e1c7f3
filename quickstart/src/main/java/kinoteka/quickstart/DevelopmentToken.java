package kinoteka.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * A JWT signed with the development key. The key is derived from a constant in this file and therefore public, so the catalogue
 * accepts such tokens only if it is configured to.
 *
 * @param subject id of a customer, or any name for the other roles
 * @param role {@code customer}, {@code editor} or {@code admin}
 * @param expires from when on the token is rejected
 */
record DevelopmentToken(String subject, String role, Instant expires) {

    private static final String KEY_SEED = "Kinoteka's development key: everybody knows it";

    /** Returns the compact serialization (RFC 7515) for the header {@code Authorization: Bearer}. */
    @Override
    public String toString() {
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"kinoteka-development\"}";
        String claims = """
                {"iss":"kinoteka-development","aud":"kinoteka","sub":"%s","roles":["%s"],"exp":%d}""".formatted(subject, role, expires.getEpochSecond());
        String signingInput = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        return signingInput + "." + encode(sign(signingInput.getBytes(UTF_8)));
    }

    private static byte[] sign(byte[] signingInput) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(deriveKey());
            signature.update(signingInput);
            return signature.sign();
        } catch (GeneralSecurityException requiredAlgorithmMissing) {
            throw new IllegalStateException(requiredAlgorithmMissing);
        }
    }

    private static PrivateKey deriveKey() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        BigInteger privateValue =
                new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(KEY_SEED.getBytes(UTF_8)));
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(privateValue, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }
}
