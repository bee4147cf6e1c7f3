package kinoteka.catalog;

import java.sql.SQLException;
import java.util.Map;

/**
 * A resource that can be replaced, updated or deleted, created for one test.
 *
 * @param path its address
 * @param table the table that holds its row
 * @param id of that row
 * @param owner the customer that it belongs to; 0 where it belongs to none
 * @param change assigns another value to a column that clients can edit, in SQL
 */
public record EditableResource(String path, String table, long id, long owner, String change) {

    private static final Map<String, Factory> FACTORIES = Map.ofEntries(
            Map.entry("/api/movie/{id}", EditableResource::movie),
            Map.entry("/api/movie/{id}/staff/{memberId}", EditableResource::staffMember),
            Map.entry("/api/movie/{id}/offers/{offerId}", EditableResource::offer),
            Map.entry("/api/person/{id}", EditableResource::person),
            Map.entry("/api/award/{id}", EditableResource::award),
            Map.entry("/api/cinema/{id}", EditableResource::cinema),
            Map.entry("/api/customer/{id}", EditableResource::customer),
            Map.entry("/api/session/{id}", EditableResource::session),
            Map.entry("/api/publication/{id}", EditableResource::publication),
            Map.entry("/api/comment/{id}", EditableResource::comment),
            Map.entry("/api/rating/{id}", EditableResource::rating),
            Map.entry("/api/tag/{id}", () -> term("tag", "tags")),
            Map.entry("/api/position/{id}", () -> term("position", "positions")),
            Map.entry("/api/film_award/{id}", () -> term("film_award", "film_awards")),
            Map.entry("/api/nomination/{id}", () -> term("nomination", "nominations")),
            Map.entry("/api/category/{id}", () -> term("category", "publication_categories")));

    /** Creates a resource of the kind that has this path pattern. */
    public static EditableResource create(String pattern) throws SQLException {
        var factory = FACTORIES.get(pattern);
        if (factory == null) {
            throw new IllegalArgumentException(
                    "pattern: " + pattern + " (expected: one of " + FACTORIES.keySet() + ")");
        }
        return factory.create();
    }

    private interface Factory {
        EditableResource create() throws SQLException;
    }

    private static EditableResource movie() throws SQLException {
        return of("/api/movie/", "movies", Samples.stalker(), 0, "year = year - 1");
    }

    private static EditableResource staffMember() throws SQLException {
        var movie = Samples.stalker();
        var id = insert(
                "insert into movie_staff (movie_id, person_id, position_id) values (?, ?, ?) returning id",
                movie,
                Samples.person(),
                Samples.term("positions"));
        return of("/api/movie/" + movie + "/staff/", "movie_staff", id, 0, "is_lead_role = not is_lead_role");
    }

    private static EditableResource offer() throws SQLException {
        var movie = Samples.stalker();
        Samples.cinemaOffering(movie);
        var id = insert("select id from cinema_offers where movie_id = ?", movie);
        return of("/api/movie/" + movie + "/offers/", "cinema_offers", id, 0, "price = price + 1");
    }

    private static EditableResource person() throws SQLException {
        return of("/api/person/", "persons", Samples.person(), 0, "country = country || '!'");
    }

    private static EditableResource award() throws SQLException {
        var id = insert(
                "insert into awards (movie_id, film_award_id, nomination_id) values (?, ?, ?) returning id",
                Samples.stalker(),
                Samples.term("film_awards"),
                Samples.term("nominations"));
        return of("/api/award/", "awards", id, 0, "nomination_id = " + Samples.term("nominations"));
    }

    private static EditableResource cinema() throws SQLException {
        var movie = Samples.stalker();
        var id = Samples.cinemaOffering(movie);
        RealPostgres.ask("delete from cinema_offers where movie_id = ? returning id", movie);
        return of("/api/cinema/", "cinemas", id, 0, "title = title || '!'");
    }

    private static EditableResource customer() throws SQLException {
        var id = Samples.customer();
        return of("/api/customer/", "customers", id, id, "bio = 'changed'");
    }

    private static EditableResource session() throws SQLException {
        var owner = Samples.customer();
        var id = Samples.session(owner, Samples.stalker());
        return of("/api/session/", "sessions", id, owner, "customer_id = " + Samples.customer());
    }

    private static EditableResource publication() throws SQLException {
        var owner = Samples.customer();
        return of("/api/publication/", "publications", Samples.publication(owner), owner, "title = title || '!'");
    }

    private static EditableResource comment() throws SQLException {
        var owner = Samples.customer();
        var id = insert(
                "insert into comments (customer_id, text, movie_id) values (?, 'Медленно', ?) returning id",
                owner,
                Samples.stalker());
        return of("/api/comment/", "comments", id, owner, "text = text || '!'");
    }

    private static EditableResource rating() throws SQLException {
        var owner = Samples.customer();
        var id = insert(
                "insert into ratings (customer_id, stars, movie_id) values (?, 4, ?) returning id",
                owner,
                Samples.stalker());
        return of("/api/rating/", "ratings", id, owner, "stars = stars + 1");
    }

    private static EditableResource term(String name, String table) throws SQLException {
        return of("/api/" + name + "/", table, Samples.term(table), 0, "description = 'changed'");
    }

    private static EditableResource of(String base, String table, long id, long owner, String change) {
        return new EditableResource(base + id, table, id, owner, change);
    }

    private static long insert(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(RealPostgres.ask(sql, parameters));
    }
}
