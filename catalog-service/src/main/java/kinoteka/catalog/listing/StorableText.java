package kinoteka.catalog.listing;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a text that PostgreSQL can hold: it knows no NUL. */
final class StorableText extends StdScalarDeserializer<String> {

    StorableText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
        var text = json.getString();
        return text.indexOf('\0') < 0
                ? text
                : (String) context.handleWeirdStringValue(String.class, text, "contains NUL (expected: none)");
    }
}
