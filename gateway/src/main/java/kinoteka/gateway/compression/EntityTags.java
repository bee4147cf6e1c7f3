package kinoteka.gateway.compression;

import kinoteka.gateway.compression.codec.Coding;

/**
 * The entity tags of compressed responses. A strong tag names bytes, so that a compressed response needs another one than the response from
 * which it was made (RFC 9110, 8.8.3.3): the same with the name of the coding, {@code "…+gzip"}. Clients send it back in their
 * conditions, where the gateway restores the original. A weak tag would be simpler, but {@code If-Match} never accepts one.
 */
final class EntityTags {

    private EntityTags() {}

    /** Returns the tag of the compressed response; a weak tag is that of both. */
    static String compressed(String tag, Coding coding) {
        return tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 1
                ? tag.substring(0, tag.length() - 1) + end(coding)
                : tag;
    }

    /** Returns a condition with the original tags of responses in this coding. */
    static String original(String condition, Coding coding) {
        return condition.replace(end(coding), "\""); // a quotation mark is never a part of a tag
    }

    /** Returns a condition with the original tags of responses in any coding. */
    static String original(String condition) {
        var restored = condition;
        for (var coding : Coding.values()) {
            restored = original(restored, coding);
        }
        return restored;
    }

    private static String end(Coding coding) {
        return "+" + coding.token() + "\"";
    }
}
