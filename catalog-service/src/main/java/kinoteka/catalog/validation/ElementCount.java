package kinoteka.catalog.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Checks the number of elements; {@link CharacterCount} replaces all validators of {@link Size}, this one too. */
public final class ElementCount implements ConstraintValidator<Size, Collection<?>> {

    private int min;
    private int max;

    @Override
    public void initialize(Size size) {
        min = size.min();
        max = size.max();
    }

    @Override
    public boolean isValid(@Nullable Collection<?> elements, ConstraintValidatorContext context) {
        return elements == null || (min <= elements.size() && elements.size() <= max);
    }
}
