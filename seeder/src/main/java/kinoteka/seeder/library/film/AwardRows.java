package kinoteka.seeder.library.film;

import java.util.Optional;
import kinoteka.seeder.library.reference.Nomination;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.rows.RowsPerOwner;

/** Awards. One film of ten wins awards, some films win several. */
final class AwardRows implements Rows {

    private static final int MOVIES_PER_WINNER = 10;
    private static final RowsPerOwner AWARDS_PER_WINNER = new RowsPerOwner(2, 1, 5, 3);

    private final long randomSeed;
    private final long[] movies;
    private final long[] persons;
    private final long[] filmAwards;
    private final long[] nominations;
    private final Crews crews;

    /** @param nominations in the order of {@link Nomination} */
    AwardRows(long randomSeed, long[] movies, long[] persons, long[] filmAwards, long[] nominations) {
        this.randomSeed = randomSeed;
        this.movies = movies;
        this.persons = persons;
        this.filmAwards = filmAwards;
        this.nominations = nominations;
        this.crews = new Crews(persons.length);
    }

    @Override
    public String columns() {
        return "id, film_award_id, nomination_id, movie_id, person_id";
    }

    @Override
    public int count() {
        return AWARDS_PER_WINNER.total(Math.ceilDiv(movies.length, MOVIES_PER_WINNER));
    }

    @Override
    public void write(long id, CopyText row) {
        int winner = AWARDS_PER_WINNER.owner(id - 1);
        int movie = movie(winner);
        int[] drawn = new RowRandom(randomSeed, "awards", winner)
                .distinctBelow(filmAwards.length * nominations.length, AWARDS_PER_WINNER.size(winner));
        int award = drawn[AWARDS_PER_WINNER.indexWithinOwner(id - 1)];
        int nomination = award % nominations.length;
        row.field(id)
                .field(filmAwards[award / nominations.length])
                .field(nominations[nomination])
                .field(movies[movie])
                .fieldOrNull(
                        winningPerson(nomination, movie).map(String::valueOf).orElse(null))
                .endRow();
    }

    /** Returns one of the ten movies among which the winner is, so that Russian and English movies win. */
    private int movie(int winner) {
        int index = new RowRandom(randomSeed, "winners", winner).below(MOVIES_PER_WINNER);
        return Math.min(winner * MOVIES_PER_WINNER + index, movies.length - 1);
    }

    private Optional<Long> winningPerson(int nomination, int movie) {
        Nomination[] known = Nomination.values();
        return known[nomination % known.length]
                .winner()
                .flatMap(position -> crews.personAt(position, movie))
                .map(person -> persons[person]);
    }
}
