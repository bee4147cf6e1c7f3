package kinoteka.catalog.idempotency;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of an {@code Idempotency-Key}: 1 to 255 visible ASCII characters, for example a UUID. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[!-~]{1,255}", message = "expected: 1..255 visible ASCII characters")
public @interface IdempotencyKey {

    /** The name of the header. */
    String HEADER = "Idempotency-Key";

    /** Required by Jakarta Validation. */
    String message() default "";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};
}
