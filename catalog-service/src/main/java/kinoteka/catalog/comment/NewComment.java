package kinoteka.catalog.comment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Says something, or answers a comment on the same thing.
 *
 * @param parentId of the comment that is answered
 */
record NewComment(
        @NotBlank @Size(max = 10_000) String text,
        @Positive @Nullable Long parentId) {}
