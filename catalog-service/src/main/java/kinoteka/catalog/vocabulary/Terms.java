package kinoteka.catalog.vocabulary;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Listing;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * Reads and writes the terms of one vocabulary. An empty result means that there is no such term; a failure is never reported
 * as empty.
 */
class Terms {

    private final PrimaryDatabase database;
    private final String table;
    private final Listing<AfterTerm, Term> byTitle;

    /** @param table with an id, a title and a description */
    Terms(PrimaryDatabase database, String table) {
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

    String table() {
        return table;
    }

    Listing<AfterTerm, Term> byTitle() {
        return byTitle;
    }

    Mono<Term> findById(long id) {
        return term(sql("select id, title, description from %s where id = :id").bind("id", id));
    }

    Mono<Term> create(TermEdit term) {
        return term(
                sql("insert into %s (title, description) values (:title, :description) returning id, title, description")
                        .bindProperties(term));
    }

    Mono<Term> update(long id, TermEdit term) {
        return term(sql("update %s set title = :title, description = :description where id = :id"
                        + " returning id, title, description")
                .bindProperties(term)
                .bind("id", id));
    }

    Mono<Void> delete(long id) {
        return sql("delete from %s where id = :id").bind("id", id).then();
    }

    private GenericExecuteSpec sql(String statement) {
        return database.client().sql(statement.formatted(table));
    }

    private static Mono<Term> term(GenericExecuteSpec statement) {
        return statement.map(row -> Term.of(new Columns(row))).one();
    }

    /** The position after which a page begins. */
    record AfterTerm(String title) {}
}
