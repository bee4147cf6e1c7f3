package kinoteka.catalog.representation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Strong entity tags (RFC 9110, section 8.8.3). A tag is the hash of a representation, so that the same bytes have the same
 * tag on every server. The tag of an {@link Editable} resource begins with the version of its editable fields:
 * {@code "version.hash"}.
 */
public final class ETags {

    /** 96 bits, so that two versions of one resource do not have the same hash by chance. */
    private static final int HASH_LENGTH = 12;

    private static final String ONE = "(?:W/)?\"[!#-~\\x80-\\xff]*\"";

    /** A list of entity tags in a conditional header, as a regular expression for both Java and ECMAScript. */
    public static final String LIST = "^" + ONE + "(?:[ \\t]*,[ \\t]*" + ONE + ")*$";

    /** One tag of a list and the comma after it. A loop over these needs no stack, unlike {@link #LIST}. */
    private static final Pattern ELEMENT = Pattern.compile("\\G(" + ONE + ")(?:[ \\t]*,[ \\t]*(?=W/\"|\")|\\z)");

    private ETags() {}

    /** Returns the tags that a conditional header lists, or "*"; empty if the header is malformed. */
    static Optional<List<String>> parse(String condition) {
        if (condition.equals("*")) {
            return Optional.of(List.of("*"));
        }
        var tags = new ArrayList<String>();
        var elements = ELEMENT.matcher(condition);
        int end = 0;
        while (elements.find()) {
            tags.add(elements.group(1));
            end = elements.end();
        }
        return tags.isEmpty() || end < condition.length() ? Optional.empty() : Optional.of(tags);
    }

    /** Returns the tag of a representation, in quotes. */
    public static String of(byte[] content) {
        return '"' + hash(content) + '"';
    }

    /** Returns the tag of a representation of an editable resource, in quotes. */
    static String of(String version, byte[] content) {
        return '"' + version + '.' + hash(content) + '"';
    }

    /** Whether this is the tag of some representation of this version. A weak tag never is. */
    static boolean hasVersion(String tag, String version) {
        return tag.startsWith('"' + version + '.');
    }

    /** A hash of these bytes, in characters that a tag may contain; a dot is not among them. */
    static String hash(byte[] content) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(sha256().digest(content), HASH_LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
