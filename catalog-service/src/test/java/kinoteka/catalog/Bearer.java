package kinoteka.catalog;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import kinoteka.catalog.security.token.DevelopmentKey;
import org.springframework.http.HttpHeaders;

/** Tokens signed with the development key, as values of the header {@code Authorization}. */
public final class Bearer {

    public static final ECKey KEY =
            new ECKey.Builder(DevelopmentKey.PUBLIC).d(privateHalf()).build();

    private Bearer() {}

    public static Consumer<HttpHeaders> customer(long id) {
        return header(token(Long.toString(id), "customer"));
    }

    public static Consumer<HttpHeaders> editor() {
        return header(token("editor", "editor"));
    }

    public static Consumer<HttpHeaders> admin() {
        return header(token("admin", "admin"));
    }

    public static Consumer<HttpHeaders> header(String token) {
        return headers -> headers.setBearerAuth(token);
    }

    public static String token(String subject, String role) {
        return sign(KEY, claims(subject, role).build());
    }

    /** Claims that are accepted, for a test to change one. */
    public static JWTClaimsSet.Builder claims(String subject, String role) {
        return new JWTClaimsSet.Builder()
                .issuer(DevelopmentKey.ISSUER)
                .audience("kinoteka")
                .subject(subject)
                .claim("roles", List.of(role))
                .expirationTime(Date.from(Instant.now().plusSeconds(3600)));
    }

    public static String sign(ECKey key, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Base64URL privateHalf() {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256")
                    .digest("Kinoteka's development key: everybody knows it".getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
