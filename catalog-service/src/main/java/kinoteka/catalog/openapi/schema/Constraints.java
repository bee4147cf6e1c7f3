package kinoteka.catalog.openapi.schema;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.stream.Stream;
import kinoteka.catalog.validation.Birthday;
import tools.jackson.databind.node.ObjectNode;

/** Translates the annotations of bean validation to keywords of JSON Schema. */
final class Constraints {

    /** PostgreSQL cannot store NUL. */
    private static final String STORABLE = "[^\\u0000]*";

    /** A character that is neither NUL nor white space to Java, which does not count no-break spaces. */
    private static final String NOT_BLANK =
            "[^\\u0000\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]";

    /** Escapes and the dot, which Java and ECMAScript read differently. */
    private static final java.util.regex.Pattern DIALECT = java.util.regex.Pattern.compile("\\\\[a-zA-Z]|(?<!\\\\)\\.");

    private final Year now;

    /** @param now the last year of a birthday; its days are not in the schema, since that would change every day */
    Constraints(Year now) {
        this.now = now;
    }

    /** Adds the constraints of an input value to its schema, which has the type already. */
    void addTo(ObjectNode schema, AnnotatedElement declaration, AnnotatedType type) {
        var constraints = new LinkedHashSet<Annotation>();
        Stream.of(declaration.getAnnotations(), type.getAnnotations())
                .flatMap(Arrays::stream)
                .flatMap(Constraints::composing)
                .forEach(constraints::add);
        constraints.forEach(constraint -> add(constraint, schema));
        if (schema.path("type").asString("").equals("string") && isFreeText(schema)) {
            schema.put("pattern", "^" + STORABLE + "$");
        }
    }

    /** A constraint, or those that one of ours is composed of. */
    private static Stream<Annotation> composing(Annotation constraint) {
        var type = constraint.annotationType();
        return type.isAnnotationPresent(Constraint.class)
                        && !type.getPackage().equals(Size.class.getPackage())
                        && !type.equals(Birthday.class)
                ? Arrays.stream(type.getAnnotations())
                : Stream.of(constraint);
    }

    private static boolean isFreeText(ObjectNode schema) {
        return Stream.of("pattern", "format", "enum").noneMatch(schema::has);
    }

    private void add(Annotation constraint, ObjectNode schema) {
        switch (constraint) {
            case Positive positive -> schema.put("minimum", 1);
            case Min min -> schema.put("minimum", min.value());
            case Max max -> schema.put("maximum", max.value());
            case DecimalMin min -> schema.put("minimum", new BigDecimal(min.value()));
            case DecimalMax max -> schema.put("maximum", new BigDecimal(max.value()));
            case Digits digits -> {
                if (!schema.has("maximum")) {
                    schema.put("exclusiveMaximum", BigDecimal.TEN.pow(digits.integer()));
                }
                schema.put("multipleOf", BigDecimal.ONE.movePointLeft(digits.fraction()));
            }
            case NotBlank text ->
                schema.put("minLength", 1).put("pattern", "^" + STORABLE + NOT_BLANK + STORABLE + "$");
            case Pattern pattern -> schema.put("pattern", "^(?:" + portable(pattern.regexp()) + ")$");
            case Email email -> schema.put("format", "email");
            case Birthday birthday -> schema.put("pattern", dates(birthday.since(), now.getValue()));
            case Size size -> addSize(size, schema);
            default -> {}
        }
    }

    private static void addSize(Size size, ObjectNode schema) {
        var counted = schema.has("items") ? "Items" : "Length";
        if (size.min() > 0) {
            schema.put("min" + counted, size.min());
        }
        if (size.max() < Integer.MAX_VALUE) {
            schema.put("max" + counted, size.max());
        }
    }

    private static String portable(String regexp) {
        if (DIALECT.matcher(regexp).find()) {
            throw new IllegalStateException(
                    "regexp: " + regexp + " (expected: one without escapes of letters and without a dot)");
        }
        return regexp;
    }

    /** Dates in these years, for example {@code (?:190[1-9]|19[1-9][0-9]|20[0-1][0-9]|202[0-6])} and a day. */
    private static String dates(int first, int last) {
        var years = new ArrayList<String>();
        for (int year = first; year <= last; ) {
            int block = block(year, last);
            int digit = year / block % 10;
            int more = Math.min(9 - digit, (last - year + 1) / block - 1);
            years.add(year / block / 10 + digits(digit, digit + more) + "[0-9]".repeat((int) Math.log10(block)));
            year += (more + 1) * block;
        }
        return "^(?:" + String.join("|", years) + ")-(?:0[1-9]|1[0-2])-(?:0[1-9]|[1-2][0-9]|3[0-1])$";
    }

    private static String digits(int first, int last) {
        return first == last ? "" + first : "[" + first + "-" + last + "]";
    }

    /** The longest period of 1, 10 or 100 years that begins here and ends in time. */
    private static int block(int year, int last) {
        int block = 1;
        while (block < 100 && year % (block * 10) == 0 && year + block * 10 - 1 <= last) {
            block *= 10;
        }
        return block;
    }
}
