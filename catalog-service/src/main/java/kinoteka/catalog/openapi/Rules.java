package kinoteka.catalog.openapi;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What bean validation demands of a value, in the words of JSON Schema; what it has no word for is left to descriptions. */
final class Rules {

    /** A date that is certainly in the past, and somebody's birthday. */
    private static final String PAST = "1984-06-30";

    /** As Java strips: all up to the space. */
    private static final String NOT_BLANK = "[^\\x00-\\x20]";

    private Rules() {}

    /** Adds the rules of a value whose type is already in its schema. */
    static void add(AnnotatedElement declaration, AnnotatedType type, ObjectNode schema) {
        var rules = new LinkedHashSet<Annotation>();
        Stream.of(declaration.getAnnotations(), type.getAnnotations())
                .flatMap(Arrays::stream)
                .flatMap(Rules::composed)
                .forEach(rules::add);
        rules.forEach(rule -> add(rule, schema));
    }

    /** A rule, and those that one of our own is made of. */
    private static Stream<Annotation> composed(Annotation rule) {
        var type = rule.annotationType();
        return type.isAnnotationPresent(Constraint.class) && !type.getPackage().equals(Size.class.getPackage())
                ? Arrays.stream(type.getAnnotations())
                : Stream.of(rule);
    }

    private static void add(Annotation rule, ObjectNode schema) {
        switch (rule) {
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
            case NotBlank text -> schema.put("minLength", 1).put("pattern", NOT_BLANK);
            case Pattern pattern -> schema.put("pattern", "^(?:" + pattern.regexp() + ")$");
            case Email email -> schema.put("format", "email");
            case Past past -> schema.putArray("examples").add(PAST);
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
}
