package kinoteka.catalog.parameter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the query of a URI as a form writes it (WHATWG URL, section 5.1), and tells when it is not UTF-8. */
final class QueryString {

    private QueryString() {}

    /**
     * A name and its value.
     *
     * @param name as it was sent where it cannot be decoded
     * @param value null where it cannot be decoded
     */
    record Entry(String name, @Nullable String value) {}

    /** @param raw without the question mark; null where the URI has no query */
    static Stream<Entry> read(@Nullable String raw) {
        return raw == null
                ? Stream.empty()
                : Stream.of(raw.split("&", -1)).filter(part -> !part.isEmpty()).map(QueryString::entry);
    }

    private static Entry entry(String part) {
        var equals = part.indexOf('=');
        var name = equals < 0 ? part : part.substring(0, equals);
        var value = equals < 0 ? "" : part.substring(equals + 1);
        return decode(name)
                .map(decoded -> new Entry(decoded, decode(value).orElse(null)))
                .orElseGet(() -> new Entry(name, null));
    }

    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text.replace('+', ' '));
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '%') {
                bytes.writeBytes((c == '+' ? " " : Character.toString(c)).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            var high = digit(text, i + 1);
            var low = digit(text, i + 2);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    }
}
