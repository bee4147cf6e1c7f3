package kinoteka.catalog.award;

import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.MovieSummary;
import kinoteka.catalog.summary.PersonSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * A film award that a film has won in a nomination.
 *
 * @param id positive
 * @param personId the person whose work won; null if the film as a whole won
 */
public record Award(
        long id,
        long filmAwardId,
        long nominationId,
        long movieId,
        @Nullable Long personId,
        TermSummary filmAward,
        TermSummary nomination,
        MovieSummary movie,
        @Nullable PersonSummary person)
        implements Editable<AwardEdit> {

    static final String COLUMNS = """
            awards.id, film_award_id, film_awards.title, nomination_id, nominations.title,
            awards.movie_id, movies.title, year, duration_minutes, awards.person_id, first_name, mid_name, last_name
            """;

    static final String SOURCE = """
             from awards
             join film_awards on film_awards.id = film_award_id
             join nominations on nominations.id = nomination_id
             join movies on movies.id = awards.movie_id
             left join persons on persons.id = awards.person_id
            """;

    static Award of(Columns row) {
        var id = row.id();
        var filmAward = TermSummary.of(row);
        var nomination = TermSummary.of(row);
        var movie = MovieSummary.of(row);
        var person = PersonSummary.ofNullable(row);
        return new Award(
                id,
                filmAward.id(),
                nomination.id(),
                movie.id(),
                person == null ? null : person.id(),
                filmAward,
                nomination,
                movie,
                person);
    }

    @Override
    public AwardEdit editableFields() {
        return new AwardEdit(filmAwardId, nominationId, movieId, personId);
    }
}
