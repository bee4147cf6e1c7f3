package kinoteka.catalog.body;

import java.math.BigDecimal;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads a whole number as JSON Schema defines it: {@code 3.0} and {@code 3e0} are 3, and 3.5 is rejected. The API's document
 * describes integers, and a client that writes every number with a fraction sends valid ones.
 */
final class WholeNumber<N extends Number> extends StdScalarDeserializer<N> {

    private final Class<N> type;
    private final Function<JsonParser, N> reader;
    private final Function<BigDecimal, N> conversion;

    private WholeNumber(Class<N> type, Function<JsonParser, N> reader, Function<BigDecimal, N> conversion) {
        super(type);
        this.type = type;
        this.reader = reader;
        this.conversion = conversion;
    }

    /** @param type {@code Long.class} or {@code long.class} */
    static WholeNumber<Long> ofLong(Class<Long> type) {
        return new WholeNumber<>(type, JsonParser::getLongValue, BigDecimal::longValueExact);
    }

    /** @param type {@code Integer.class} or {@code int.class} */
    static WholeNumber<Integer> ofInt(Class<Integer> type) {
        return new WholeNumber<>(type, JsonParser::getIntValue, BigDecimal::intValueExact);
    }

    @Override
    @SuppressWarnings("unchecked") // the context never returns a value: it throws
    public N deserialize(JsonParser json, DeserializationContext context) {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> reader.apply(json);
            case VALUE_NUMBER_FLOAT -> convert(json.getDecimalValue(), context);
            case null, default -> (N) context.handleUnexpectedToken(context.constructType(type), json);
        };
    }

    /** An exponent of any size is safe: the exact conversions of {@link BigDecimal} compare its scale before they expand it. */
    @SuppressWarnings("unchecked") // as above
    private N convert(BigDecimal number, DeserializationContext context) {
        try {
            return conversion.apply(number);
        } catch (ArithmeticException e) {
            return (N) context.handleWeirdNumberValue(type, number, "has a fraction or too many digits");
        }
    }
}
