package kinoteka.catalog.person;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import kinoteka.catalog.validation.Birthday;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a person that an editor can set. The other fields of a person are ignored, so that a client can send back a
 * person that it has read.
 */
@JsonIgnoreProperties({"id", "filmography", "awards"})
record PersonEdit(
        @NotBlank @Size(max = 128) String firstName,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String lastName,
        @NotBlank @Size(max = 128) String country,
        @Birthday(since = 1801) @Nullable LocalDate birthday,
        @Size(max = 20_000) @Nullable String bio) {}
