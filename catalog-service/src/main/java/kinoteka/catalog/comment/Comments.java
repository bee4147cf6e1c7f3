package kinoteka.catalog.comment;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.listing.Parent;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes comments. Empty means there is no such comment; it is never used for a failure. */
@Repository
class Comments {

    /** As they were said: what is answered comes before its answers, so that threads can be built in one pass. */
    static final Listing<AfterComment, Comment> AS_SAID = new Listing<>(
            new AfterComment(0),
            "comments.id",
            row -> new AfterComment(new Columns(row).id()),
            Comment.COLUMNS,
            row -> Comment.of(new Columns(row)),
            " from comments where comments.id > :id");

    private static final String BY_ID = "select " + Comment.COLUMNS + " from comments where comments.id = :id";

    private final PrimaryDatabase database;

    Comments(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<Comment> byId(long id) {
        return one(BY_ID, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Comment> lockedById(long id) {
        return one(BY_ID + " for update of comments", id);
    }

    Mono<Comment> add(long customer, Parent thing, NewComment comment) {
        return database.client()
                .sql("with comments as (insert into comments (customer_id, text, parent_id, " + thing.column() + ")"
                        + " values (:customer, :text, :parentId, :thing) returning *) select " + Comment.COLUMNS
                        + " from comments")
                .bindProperties(comment)
                .bind("customer", customer)
                .bind("thing", thing.id())
                .map(row -> Comment.of(new Columns(row)))
                .one();
    }

    Mono<Void> change(long id, CommentEdit comment) {
        return database.client()
                .sql("update comments set text = :text, changed_at = greatest(now(), created_at) where id = :id")
                .bindProperties(comment)
                .bind("id", id)
                .then();
    }

    /** Text and author go; the place stays, with the answers. */
    Mono<Void> delete(long id) {
        return database.client()
                .sql("update comments set text = null, customer_id = null, deleted_at = now() where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<Comment> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> Comment.of(new Columns(row)))
                .one();
    }

    /** Where a page of comments begins. */
    record AfterComment(long id) {}
}
