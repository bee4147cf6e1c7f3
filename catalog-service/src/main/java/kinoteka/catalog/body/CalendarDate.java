package kinoteka.catalog.body;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a date as RFC 3339 writes it. Jackson alone would also read arrays of numbers, date-times and white space. */
final class CalendarDate extends StdScalarDeserializer<LocalDate> {

    private static final Pattern FULL_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    CalendarDate() {
        super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (LocalDate) context.handleUnexpectedToken(context.constructType(LocalDate.class), json);
        }
        var text = json.getString();
        try {
            if (FULL_DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException noSuchDay) {
            // rejected below
        }
        return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "expected: yyyy-mm-dd");
    }
}
