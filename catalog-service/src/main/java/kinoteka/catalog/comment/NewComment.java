package kinoteka.catalog.comment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new comment.
 *
 * @param parentId the comment to reply to, on the same film or publication; null if the new comment is not a reply
 */
record NewComment(
        @NotBlank @Size(max = 10_000) String text,
        @Positive @Nullable Long parentId) {}
