package kinoteka.catalog.representation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Strong entity tags (RFC 9110, section 8.8.3): the same bytes have the same tag on every server. */
public final class ETags {

    /** 96 bits: two versions of one resource do not meet by chance. */
    private static final int LENGTH = 12;

    private static final String ONE = "(?:W/)?\"[!#-~\\x80-\\xff]*\"";

    /** A list of entity tags in a conditional header, as a regular expression that Java and ECMAScript read alike. */
    public static final String LIST = "^" + ONE + "(?:[ \\t]*,[ \\t]*" + ONE + ")*$";

    private static final Pattern CONDITIONS = Pattern.compile("\\*|" + LIST);
    private static final Pattern TAGS = Pattern.compile("\\*|" + ONE);

    private ETags() {}

    /** The tags that a conditional header names, or "*"; empty where it is malformed. */
    static Optional<List<String>> read(String condition) {
        return CONDITIONS.matcher(condition).matches()
                ? Optional.of(TAGS.matcher(condition)
                        .results()
                        .map(MatchResult::group)
                        .toList())
                : Optional.empty();
    }

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
