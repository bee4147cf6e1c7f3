package kinoteka.catalog.publication;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.vocabulary.Tags;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes publications. Empty means there is no such publication; it is never used for a failure. */
@Repository
class Publications {

    /** The latest first. */
    static final Listing<AfterPublication, Publication> LATEST_FIRST = new Listing<>(
            new AfterPublication(Long.MAX_VALUE),
            "publications.id desc",
            row -> new AfterPublication(new Columns(row).id()),
            Publication.COLUMNS,
            row -> Publication.of(new Columns(row)),
            " from publications where publications.id < :id");

    private static final String BY_ID =
            "select " + PublicationDetails.COLUMNS + " from publications where publications.id = :id";

    private final PrimaryDatabase database;

    Publications(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<PublicationDetails> byId(long id) {
        return one(BY_ID, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<PublicationDetails> lockedById(long id) {
        return one(BY_ID + " for update of publications", id);
    }

    /** The id of the new publication. */
    Mono<Long> add(long author, PublicationEdit publication) {
        return bind("""
                        with publication as (
                          insert into publications (title, text, author_id, category_id)
                          values (:title, :text, :author, :categoryId)
                          returning id
                        ), tagged as (
                          insert into publication_tags (publication_id, tag_id)
                          select publication.id, tags.id from publication join tags on tags.title = any(:tags)
                        )
                        select id, (select count(*) from tags where title = any(:tags)) from publication
                        """, publication)
                .bind("author", author)
                .map(row -> Tags.requireAll(publication.tags(), new Columns(row)))
                .one();
    }

    Mono<Long> replace(long id, PublicationEdit publication) {
        return bind("""
                        with publication as (
                          update publications
                             set title = :title, text = :text, category_id = :categoryId,
                                 changed_at = greatest(now(), created_at)
                           where id = :id
                           returning id
                        ), untagged as (
                          delete from publication_tags
                           where publication_id = :id and tag_id not in (select id from tags where title = any(:tags))
                        ), tagged as (
                          insert into publication_tags (publication_id, tag_id)
                          select :id, id from tags where title = any(:tags)
                          on conflict do nothing
                        )
                        select id, (select count(*) from tags where title = any(:tags)) from publication
                        """, publication)
                .bind("id", id)
                .map(row -> Tags.requireAll(publication.tags(), new Columns(row)))
                .one();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from publications where id = :id")
                .bind("id", id)
                .then();
    }

    private Mono<PublicationDetails> one(String sql, long id) {
        return database.client()
                .sql(sql)
                .bind("id", id)
                .map(row -> PublicationDetails.of(new Columns(row)))
                .one();
    }

    private GenericExecuteSpec bind(String sql, PublicationEdit publication) {
        return database.client()
                .sql(sql)
                .bindProperties(publication)
                .bind("tags", publication.tags().toArray(String[]::new));
    }

    /** Where a page of publications begins. */
    record AfterPublication(long id) {}
}
