package kinoteka.seeder.library.film;

import java.util.Optional;
import kinoteka.seeder.library.registry.Nomination;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Portions;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;

/** What the films won: one film of ten wins something, some of them several times. */
final class AwardRows implements Rows {

    private static final int EVERY_WINNER = 10;
    private static final Portions WON = new Portions(2, 1, 5, 3);

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
        return WON.total(Math.ceilDiv(movies.length, EVERY_WINNER));
    }

    @Override
    public void write(long id, CopyText row) {
        int winner = WON.owner(id - 1);
        // Anywhere among its ten, so that Russian and English ones win.
        int movie = Math.min(
                winner * EVERY_WINNER + new Dice(randomSeed, "winners", winner).below(EVERY_WINNER), movies.length - 1);
        int[] drawn = new Dice(randomSeed, "awards", winner)
                .several(WON.size(winner), filmAwards.length * nominations.length);
        int award = drawn[WON.place(id - 1)];
        int nomination = award % nominations.length;
        row.field(id)
                .field(filmAwards[award / nominations.length])
                .field(nominations[nomination])
                .field(movies[movie])
                .fieldOrNothing(
                        personWinning(nomination, movie).map(String::valueOf).orElse(null))
                .endRow();
    }

    private Optional<Long> personWinning(int nomination, int movie) {
        Nomination[] known = Nomination.values();
        return known[nomination % known.length]
                .winner()
                .flatMap(position -> crews.personAt(position, movie))
                .map(person -> persons[person]);
    }
}
