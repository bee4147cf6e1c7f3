package kinoteka.catalog.comment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CustomerSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says of a film or of a publication.
 *
 * @param id positive; an answer's is greater than that of what it answers
 * @param customer who says it; null where it is deleted
 * @param text null where it is deleted
 * @param parentId of the comment that it answers; null where it answers none
 * @param movieId null where it is about a publication
 * @param publicationId null where it is about a film
 * @param deletedAt of a comment that keeps its place for the answers to it
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
        @Nullable Instant deletedAt) {

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

    /** What its customer may change of it, unless it is deleted. */
    CommentEdit edit() {
        return new CommentEdit(requireNonNull(text));
    }
}
