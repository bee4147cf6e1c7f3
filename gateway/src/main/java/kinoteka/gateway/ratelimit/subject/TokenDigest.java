package kinoteka.gateway.ratelimit.subject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a bearer token, in place of the token itself, so that a dump of the memory contains no tokens that are kept. */
record TokenDigest(long first, long second, long third, long fourth) {

    private static final String SCHEME = "Bearer ";

    /**
     * Returns the digest of the token in this header; null if it has none. The scheme is compared without case, and padding is ignored,
     * so that one token has one digest.
     *
     * @param authorization value of the header {@code Authorization}
     */
    static @Nullable TokenDigest of(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var end = authorization.length();
        while (end > SCHEME.length() && authorization.charAt(end - 1) == '=') {
            end--;
        }
        var sum = ByteBuffer.wrap(sha256(authorization.substring(SCHEME.length(), end)));
        return new TokenDigest(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
