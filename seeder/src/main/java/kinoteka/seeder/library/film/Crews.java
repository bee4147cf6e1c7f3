package kinoteka.seeder.library.film;

import java.util.List;
import java.util.Optional;
import kinoteka.seeder.library.reference.Position;
import kinoteka.seeder.rows.Permutation;
import kinoteka.seeder.rows.RowsPerOwner;

/**
 * Computes the crew of each film. Nobody is in a crew twice. A tenth of the persons, the busy ones, have three of four places.
 * Films and persons count from 0, those with even numbers are Russian.
 */
final class Crews {

    /** The positions of the places in a crew. A smaller crew has the first of them. */
    static final List<Position> PLACES = List.of(
            Position.DIRECTOR,
            Position.SCREENWRITER,
            Position.ACTOR,
            Position.ACTOR,
            Position.CINEMATOGRAPHER,
            Position.COMPOSER,
            Position.ACTOR,
            Position.PRODUCER,
            Position.EDITOR,
            Position.ACTOR,
            Position.PRODUCTION_DESIGNER,
            Position.COSTUME_DESIGNER,
            Position.SOUND_ENGINEER,
            Position.VISUAL_EFFECTS);

    /** The number of persons below which a crew of one language would have the same person twice. */
    static final int MIN_PERSONS = 4 * PLACES.size();

    static final RowsPerOwner SIZES = new RowsPerOwner(10, 6, 14, 8, 12);

    private final int busyCount;
    private final Permutation busyPersons;
    private final Permutation otherPersons;

    /** @param persons at least {@link #MIN_PERSONS} */
    Crews(int persons) {
        int personsPerLanguage = persons / 2;
        this.busyCount = Math.max(PLACES.size(), personsPerLanguage / 10);
        this.busyPersons = new Permutation(busyCount);
        this.otherPersons = new Permutation(personsPerLanguage - busyCount);
    }

    /** Returns an index below the number of persons. */
    int person(int movie, int place) {
        int row = SIZES.total(movie) + place;
        int ofLanguage = row % 4 == 3 ? busyCount + otherPersons.at(row) : busyPersons.at(row);
        return 2 * ofLanguage + movie % 2;
    }

    /** Returns the first person with this position, or empty if the crew of this film does not have the position. */
    Optional<Integer> personAt(Position position, int movie) {
        return Optional.of(PLACES.indexOf(position))
                .filter(place -> place >= 0 && place < SIZES.size(movie))
                .map(place -> person(movie, place));
    }
}
