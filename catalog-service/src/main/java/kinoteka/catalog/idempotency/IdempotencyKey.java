package kinoteka.catalog.idempotency;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key by which a client knows its own request again: visible ASCII, best a UUID. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[!-~]{1,255}", message = "expected: 1..255 visible ASCII characters")
public @interface IdempotencyKey {

    /** The name of the header. */
    String HEADER = "Idempotency-Key";

    /** As every constraint has it. */
    String message() default "";

    /** As every constraint has it. */
    Class<?>[] groups() default {};

    /** As every constraint has it. */
    Class<? extends Payload>[] payload() default {};
}
