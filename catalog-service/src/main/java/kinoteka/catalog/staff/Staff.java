package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads and writes the staff of films. An empty result means that there is no such staff member; a failure is never reported
 * as empty.
 */
@Repository
public class Staff {

    static final String TABLE = "movie_staff";

    private static final String MEMBER = """
            movie_staff.id, person_id, first_name, mid_name, last_name, position_id, positions.title, character_name,
            is_lead_role
            """;

    private static final String MEMBERS = """
             from movie_staff
             join persons on persons.id = person_id
             join positions on positions.id = position_id
            """;

    private static final String BY_ID =
            "select " + MEMBER + MEMBERS + " where movie_id = :movie and movie_staff.id = :id";

    /** Ordered by id, oldest first. */
    static final Listing<AfterMember, StaffMember> OLDEST_FIRST = new Listing<>(
            new AfterMember(0),
            "movie_staff.id",
            row -> new AfterMember(new Columns(row).id()),
            MEMBER,
            row -> StaffMember.of(new Columns(row)),
            MEMBERS + " where movie_staff.id > :id");

    private final PrimaryDatabase database;

    Staff(PrimaryDatabase database) {
        this.database = database;
    }

    static Filter byMovie(long movie) {
        return Filter.NONE.and("movie_id = :movie", "movie", movie);
    }

    /** Reads all staff members of a film, oldest first. */
    public Flux<StaffMember> findByMovie(long movie) {
        return database.client()
                .sql("select " + MEMBER + MEMBERS + " where movie_id = :movie order by movie_staff.id")
                .bind("movie", movie)
                .map(row -> StaffMember.of(new Columns(row)))
                .all();
    }

    /** Reads the filmography of a person, newest films first. */
    public Flux<FilmographyEntry> findByPerson(long person) {
        return database.client()
                .sql("""
                        select movie_id, movies.title, year, duration_minutes, position_id, positions.title,
                               character_name, is_lead_role
                          from movie_staff
                          join movies on movies.id = movie_id
                          join positions on positions.id = position_id
                         where person_id = :person
                         order by -year, movies.title, movie_id, movie_staff.id
                        """)
                .bind("person", person)
                .map(row -> FilmographyEntry.of(new Columns(row)))
                .all();
    }

    Mono<StaffMember> findById(long movie, long id) {
        return database.client()
                .sql(BY_ID)
                .bind("movie", movie)
                .bind("id", id)
                .map(row -> StaffMember.of(new Columns(row)))
                .one();
    }

    /** Inserts a staff member and reads it back. */
    Mono<StaffMember> create(long movie, NewStaffMember member) {
        return database.client()
                .sql("""
                        insert into movie_staff (movie_id, person_id, position_id, character_name, is_lead_role)
                        values (:movie, :personId, :positionId, :character, :isLeadRole)
                        returning id
                        """)
                .bindProperties(member)
                .bind("movie", movie)
                .mapValue(Long.class)
                .one()
                .flatMap(id -> findById(movie, id));
    }

    Mono<Void> delete(long id) {
        return database.client()
                .sql("delete from movie_staff where id = :id")
                .bind("id", id)
                .then();
    }

    /** The position after which a page begins. */
    record AfterMember(long id) {}
}
