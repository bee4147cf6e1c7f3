package kinoteka.catalog.comment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What may be changed of a comment. */
record CommentEdit(@NotBlank @Size(max = 10_000) String text) {}
