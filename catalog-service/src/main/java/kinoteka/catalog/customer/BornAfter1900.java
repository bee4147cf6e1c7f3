package kinoteka.catalog.customer;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A birthday after 1900-01-01. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = BornAfter1900.Check.class)
@interface BornAfter1900 {

    String message() default "expected: after 1900-01-01";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Null is valid. */
    class Check implements ConstraintValidator<BornAfter1900, LocalDate> {

        private static final LocalDate LAST_BEFORE = LocalDate.of(1900, 1, 1);

        @Override
        public boolean isValid(@Nullable LocalDate birthday, ConstraintValidatorContext context) {
            return birthday == null || birthday.isAfter(LAST_BEFORE);
        }
    }
}
