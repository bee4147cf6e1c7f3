package kinoteka.catalog.representation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Strong entity tags (RFC 9110, section 8.8.3): the same bytes have the same tag on every server. */
public final class ETags {

    /** 96 bits: two versions of one resource do not meet by chance. */
    private static final int LENGTH = 12;

    private ETags() {}

    /** The tag of a representation, in quotes. */
    public static String of(byte[] content) {
        var digest = Arrays.copyOf(sha256().digest(content), LENGTH);
        return '"' + Base64.getUrlEncoder().encodeToString(digest) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
