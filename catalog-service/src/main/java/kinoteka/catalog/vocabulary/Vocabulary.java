package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads and writes the terms of one vocabulary. Empty means there is no such term; it is never used for a failure. */
class Vocabulary {

    private final PrimaryDatabase database;
    private final String table;
    private final Listing<AfterTerm, Term> byTitle;

    /** @param table with an id, a title and a description */
    Vocabulary(PrimaryDatabase database, String table) {
        this.database = database;
        this.table = table;
        this.byTitle = new Listing<>(
                new AfterTerm(""),
                "title",
                row -> new AfterTerm(new Columns(row).text()),
                "id, title, description",
                row -> Term.of(new Columns(row)),
                " from " + table + " where title > :title");
    }

    Listing<AfterTerm, Term> byTitle() {
        return byTitle;
    }

    Mono<Term> byId(long id) {
        return term(sql("select id, title, description from %s where id = :id").bind("id", id));
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<Term> lockedById(long id) {
        return term(sql("select id, title, description from %s where id = :id for update")
                .bind("id", id));
    }

    Mono<Term> add(TermEdit term) {
        return term(
                sql("insert into %s (title, description) values (:title, :description) returning id, title, description")
                        .bindProperties(term));
    }

    Mono<Term> replace(long id, TermEdit term) {
        return term(sql("update %s set title = :title, description = :description where id = :id"
                        + " returning id, title, description")
                .bindProperties(term)
                .bind("id", id));
    }

    Mono<Void> remove(long id) {
        return sql("delete from %s where id = :id").bind("id", id).then();
    }

    private GenericExecuteSpec sql(String statement) {
        return database.client().sql(statement.formatted(table));
    }

    private static Mono<Term> term(GenericExecuteSpec statement) {
        return statement.map(row -> Term.of(new Columns(row))).one();
    }

    /** Where a page of terms begins. */
    record AfterTerm(String title) {}
}
