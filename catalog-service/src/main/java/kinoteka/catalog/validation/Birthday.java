package kinoteka.catalog.validation;

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

/** A date in the past, and not before a year. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Birthday.Check.class)
public @interface Birthday {

    /** The first year that is accepted. */
    int since();

    /** The text for the client. */
    String message() default "expected: a date from {since}-01-01 until yesterday";

    /** Every constraint has groups. */
    Class<?>[] groups() default {};

    /** Every constraint has a payload. */
    Class<? extends Payload>[] payload() default {};

    /** Null is valid. */
    class Check implements ConstraintValidator<Birthday, LocalDate> {

        private int since;

        @Override
        public void initialize(Birthday birthday) {
            since = birthday.since();
        }

        @Override
        public boolean isValid(@Nullable LocalDate date, ConstraintValidatorContext context) {
            var today = LocalDate.now(context.getClockProvider().getClock());
            return date == null || (date.getYear() >= since && date.isBefore(today));
        }
    }
}
