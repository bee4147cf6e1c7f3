package kinoteka.catalog.person;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import kinoteka.catalog.validation.Birthday;
import org.jspecify.annotations.Nullable;

/** What an editor says of a person; what else one shows is ignored, so that what was read can be sent back. */
@JsonIgnoreProperties({"id", "filmography", "awards"})
record PersonEdit(
        @NotBlank @Size(max = 128) String firstName,
        @Size(min = 1, max = 128) @Nullable String midName,
        @NotBlank @Size(max = 128) String lastName,
        @NotBlank @Size(max = 128) String country,
        @Birthday(since = 1801) @Nullable LocalDate birthday,
        @Size(max = 20_000) @Nullable String bio) {}
