package kinoteka.catalog.parameter;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import kinoteka.catalog.body.StorableText;
import org.springframework.core.ResolvableType;

/**
 * How clients write a value of a type. A number has one spelling: Spring alone would also read hexadecimal and octal
 * numbers, digits of other scripts, leading zeros, a plus sign and white space.
 *
 * @param expectation completes "expected: "
 */
record ValueFormat(String expectation, Predicate<String> isMetBy) {

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    /** More digits than any number in the database has. */
    private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})(?:\\.[0-9]{1,18})?");

    private static final ValueFormat TEXT =
            new ValueFormat("a text without NUL", text -> !text.isEmpty() && StorableText.isStorable(text));

    /** Of a parameter's type; collections are written as one value, separated by commas. */
    static ValueFormat of(ResolvableType type) {
        var elements = type.asCollection();
        return elements.equals(ResolvableType.NONE)
                ? one(type.toClass())
                : list(one(elements.getGeneric().toClass()));
    }

    private static ValueFormat list(ValueFormat element) {
        return new ValueFormat(
                "a comma-separated list of " + (element.equals(TEXT) ? "texts without NUL" : element.expectation()),
                text -> Arrays.stream(text.split(",", -1)).allMatch(element.isMetBy()));
    }

    private static ValueFormat one(Class<?> type) {
        if (type.equals(long.class) || type.equals(Long.class)) {
            return integer(Long.SIZE);
        }
        if (type.equals(int.class) || type.equals(Integer.class)) {
            return integer(Integer.SIZE);
        }
        if (Number.class.isAssignableFrom(type)) {
            return new ValueFormat("a number in decimal digits", DECIMAL.asMatchPredicate());
        }
        return type.isEnum() ? name(type) : TEXT;
    }

    private static ValueFormat integer(int bits) {
        return new ValueFormat(
                "a whole number of " + bits + " bits in decimal digits",
                text -> INTEGER.matcher(text).matches() && new BigInteger(text).bitLength() < bits);
    }

    private static ValueFormat name(Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
        return new ValueFormat(String.join(", ", names), names::contains);
    }
}
