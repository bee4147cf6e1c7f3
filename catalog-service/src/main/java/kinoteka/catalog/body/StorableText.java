package kinoteka.catalog.body;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads strings that PostgreSQL can store: without NUL, and without unpaired surrogates, which UTF-8 cannot encode. */
public final class StorableText extends StdScalarDeserializer<String> {

    public StorableText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(context.constructType(String.class), json);
        }
        var text = json.getString();
        if (!isStorable(text)) {
            return (String) context.handleWeirdStringValue(
                    String.class, "", "contains NUL or an unpaired surrogate (expected: neither)");
        }
        return text;
    }

    /** Whether PostgreSQL can store this text unchanged. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
