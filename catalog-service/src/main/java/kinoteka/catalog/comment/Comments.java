package kinoteka.catalog.comment;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.listing.Parent;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes comments. An empty result means that there is no such comment; a failure is never reported as empty. */
@Repository
class Comments {

    static final String TABLE = "comments";

    /** Ordered by id, so that a comment comes before its replies and threads can be built in one pass. */
    static final Listing<AfterComment, Comment> OLDEST_FIRST = new Listing<>(
            new AfterComment(0),
            "comments.id",
            row -> new AfterComment(new Columns(row).id()),
            Comment.COLUMNS,
            row -> Comment.of(new Columns(row)),
            " from comments where comments.id > :id");

    private final PrimaryDatabase database;

    Comments(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Comment> findById(long id) {
        return database.client()
                .sql("select " + Comment.COLUMNS + " from comments where comments.id = :id")
                .bind("id", id)
                .map(row -> Comment.of(new Columns(row)))
                .one();
    }

    /** @param subject the film or the publication that the comment is about */
    Mono<Comment> create(long customer, Parent subject, NewComment comment) {
        return database.client()
                .sql("with comments as (insert into comments (customer_id, text, parent_id, " + subject.column() + ")"
                        + " values (:customer, :text, :parentId, :subject) returning *) select " + Comment.COLUMNS
                        + " from comments")
                .bindProperties(comment)
                .bind("customer", customer)
                .bind("subject", subject.id())
                .map(row -> Comment.of(new Columns(row)))
                .one();
    }

    Mono<Comment> update(long id, CommentEdit comment) {
        return database.client()
                .sql("with comments as (update comments set text = :text, changed_at = greatest(now(), created_at)"
                        + " where id = :id returning *) select " + Comment.COLUMNS + " from comments")
                .bindProperties(comment)
                .bind("id", id)
                .map(row -> Comment.of(new Columns(row)))
                .one();
    }

    /** Erases text and author; the row stays, so that the replies stay too. */
    Mono<Void> delete(long id) {
        return database.client()
                .sql("update comments set text = null, customer_id = null, deleted_at = now() where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterComment(long id) {}
}
