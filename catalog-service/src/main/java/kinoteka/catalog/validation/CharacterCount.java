package kinoteka.catalog.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Checks the length of a text in characters, as JSON Schema and PostgreSQL count them, and not in UTF-16 units. */
public final class CharacterCount implements ConstraintValidator<Size, CharSequence> {

    private int min;
    private int max;

    @Override
    public void initialize(Size size) {
        min = size.min();
        max = size.max();
    }

    @Override
    public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
        if (text == null) {
            return true;
        }
        var count = Character.codePointCount(text, 0, text.length());
        return min <= count && count <= max;
    }
}
