package kinoteka.catalog.comment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The field of a comment that its author can update. */
record CommentEdit(@NotBlank @Size(max = 10_000) String text) {}
