package kinoteka.catalog.vocabulary;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a vocabulary term that an editor can set.
 *
 * @param title unique in its vocabulary
 */
@JsonIgnoreProperties("id")
record TermEdit(
        @NotBlank @Size(max = 128) String title,
        @Size(max = 2000) @Nullable String description) {}
