package kinoteka.people.library;

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
 * A token signed with the development key, which follows from a sentence that everybody can read here: the catalogue
 * believes it only where it was told to, as by {@code make run}.
 *
 * @param subject id of a customer, or any name for the other roles
 * @param role {@code customer} or {@code editor}
 * @param expires when it is believed no more
 */
public record DevelopmentToken(String subject, String role, Instant expires) {

    private static final String SENTENCE = "Kinoteka's development key: everybody knows it";
    private static final PrivateKey KEY = key();

    /** As the header {@code Authorization: Bearer} wants it (RFC 7519). */
    @Override
    public String toString() {
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"kinoteka-development\"}";
        var claims = """
                {"iss":"kinoteka-development","aud":"kinoteka","sub":"%s","roles":["%s"],"exp":%d}""".formatted(subject, role, expires.getEpochSecond());
        var signed = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        return signed + "." + encode(sign(signed.getBytes(UTF_8)));
    }

    private static byte[] sign(byte[] content) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(KEY);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private static PrivateKey key() {
        try {
            var curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            var secret = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(SENTENCE.getBytes(UTF_8)));
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }
}
