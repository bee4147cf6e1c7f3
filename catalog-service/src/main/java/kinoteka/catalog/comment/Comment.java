package kinoteka.catalog.comment;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.CustomerSummary;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a film or on a publication.
 *
 * @param id positive; the id of a reply is greater than the id of its parent
 * @param customer the author; null if the comment is deleted
 * @param text null if the comment is deleted
 * @param parentId the comment that this one replies to; null if it is not a reply
 * @param movieId null for a comment on a publication
 * @param publicationId null for a comment on a film
 * @param changedAt time of the last update; null if there was none
 * @param deletedAt null unless the comment is deleted; a deleted comment keeps its place, so that its replies stay
 */
record Comment(
        long id,
        @Nullable CustomerSummary customer,
        @Nullable String text,
        @Nullable Long parentId,
        @Nullable Long movieId,
        @Nullable Long publicationId,
        Instant createdAt,
        @Nullable Instant changedAt,
        @Nullable Instant deletedAt)
        implements Editable<CommentEdit> {

    static final String COLUMNS = """
            comments.id, customer_id, (select username from customers where customers.id = customer_id), text, parent_id,
            movie_id, publication_id, created_at, changed_at, deleted_at
            """;

    static Comment of(Columns row) {
        return new Comment(
                row.id(),
                CustomerSummary.ofNullable(row),
                row.textOrNull(),
                row.idOrNull(),
                row.idOrNull(),
                row.idOrNull(),
                row.instant(),
                row.instantOrNull(),
                row.instantOrNull());
    }

    /** Null if the comment is deleted. */
    @Override
    public @Nullable CommentEdit editableFields() {
        return text == null ? null : new CommentEdit(text);
    }
}
