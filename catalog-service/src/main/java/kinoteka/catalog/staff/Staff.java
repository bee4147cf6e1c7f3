package kinoteka.catalog.staff;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Listing;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and writes who made what. Empty means there is none; it is never used for a failure. */
@Repository
public class Staff {

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

    /** As they were named. */
    static final Listing<AfterMember, StaffMember> AS_NAMED = new Listing<>(
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

    static Filter ofMovieOnly(long movie) {
        return Filter.NONE.and("movie_id = :movie", "movie", movie);
    }

    /** All of a film's, as they were named. */
    public Flux<StaffMember> ofMovie(long movie) {
        return database.client()
                .sql("select " + MEMBER + MEMBERS + " where movie_id = :movie order by movie_staff.id")
                .bind("movie", movie)
                .map(row -> StaffMember.of(new Columns(row)))
                .all();
    }

    /** All of a person's, the newest films first. */
    public Flux<Role> ofPerson(long person) {
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
                .map(row -> Role.of(new Columns(row)))
                .all();
    }

    Mono<StaffMember> byId(long movie, long id) {
        return one(BY_ID, movie, id);
    }

    /** As {@link #byId}, and nobody else changes it before the transaction ends. */
    Mono<StaffMember> lockedById(long movie, long id) {
        return one(BY_ID + " for update of movie_staff", movie, id);
    }

    private Mono<StaffMember> one(String sql, long movie, long id) {
        return database.client()
                .sql(sql)
                .bind("movie", movie)
                .bind("id", id)
                .map(row -> StaffMember.of(new Columns(row)))
                .one();
    }

    /** The id of the new member. */
    Mono<Long> add(long movie, NewStaffMember member) {
        return database.client()
                .sql("""
                        insert into movie_staff (movie_id, person_id, position_id, character_name, is_lead_role)
                        values (:movie, :personId, :positionId, :character, :isLeadRole)
                        returning id
                        """)
                .bindProperties(member)
                .bind("movie", movie)
                .mapValue(Long.class)
                .one();
    }

    Mono<Void> remove(long id) {
        return database.client()
                .sql("delete from movie_staff where id = :id")
                .bind("id", id)
                .then();
    }

    /** Where a page of a film's staff begins. */
    record AfterMember(long id) {}
}
