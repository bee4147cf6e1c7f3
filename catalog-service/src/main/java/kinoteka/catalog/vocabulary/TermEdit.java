package kinoteka.catalog.vocabulary;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What an editor says of a term; tags have 56 characters at most and categories 24. */
@JsonIgnoreProperties("id")
record TermEdit(
        @NotBlank @Size(max = 128) String title,
        @Size(max = 2000) @Nullable String description) {}
