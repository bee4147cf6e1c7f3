package kinoteka.catalog.publication;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import kinoteka.catalog.vocabulary.Tags;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Reads and writes publications. An empty result means that there is no such publication; a failure is never reported as
 * empty.
 */
@Repository
class Publications {

    static final String TABLE = "publications";

    /** Ordered by id, newest first. */
    static final Listing<AfterPublication, Publication> NEWEST_FIRST = new Listing<>(
            new AfterPublication(Long.MAX_VALUE),
            "publications.id desc",
            row -> new AfterPublication(new Columns(row).id()),
            Publication.COLUMNS,
            row -> Publication.of(new Columns(row)),
            " from publications where publications.id < :id");

    private final PrimaryDatabase database;

    Publications(PrimaryDatabase database) {
        this.database = database;
    }

    Mono<PublicationDetails> findById(long id) {
        return database.client()
                .sql("select " + PublicationDetails.COLUMNS + " from publications where publications.id = :id")
                .bind("id", id)
                .map(row -> PublicationDetails.of(new Columns(row)))
                .one();
    }

    /** Inserts a publication and reads it back. */
    Mono<PublicationDetails> create(long author, PublicationEdit publication) {
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
                .one()
                .flatMap(this::findById);
    }

    /** Updates a publication and reads it back. */
    Mono<PublicationDetails> update(long id, PublicationEdit publication) {
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
                .one()
                .flatMap(this::findById);
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from publications where id = :id")
                .bind("id", id)
                .then();
    }

    private GenericExecuteSpec bind(String sql, PublicationEdit publication) {
        return database.client()
                .sql(sql)
                .bindProperties(publication)
                .bind("tags", publication.tags().toArray(String[]::new));
    }

    /** The position after which a page begins. */
    record AfterPublication(long id) {}
}
