package kinoteka.seeder.library.film;

import java.util.List;
import java.util.Optional;
import kinoteka.seeder.library.registry.Position;
import kinoteka.seeder.rows.Portions;
import kinoteka.seeder.rows.Shuffle;

/**
 * Who makes which film, by arithmetic: each film has its crew, in which nobody is twice. A tenth of the persons, the busy ones,
 * fill three places of four. Films and persons count from 0, those at even places are Russian.
 */
final class Crews {

    /** What the places of a crew are; a small crew has the first of them. */
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

    /** How many persons it takes at least, so that a crew of one language has nobody twice. */
    static final int FEWEST_PERSONS = 4 * PLACES.size();

    static final Portions SIZES = new Portions(10, 6, 14, 8, 12);

    private final int busy;
    private final Shuffle busyOnes;
    private final Shuffle others;

    /** @param persons at least {@link #FEWEST_PERSONS} */
    Crews(int persons) {
        int ofOneLanguage = persons / 2;
        this.busy = Math.max(PLACES.size(), ofOneLanguage / 10);
        this.busyOnes = new Shuffle(busy);
        this.others = new Shuffle(ofOneLanguage - busy);
    }

    /** An index below the number of persons. */
    int person(int movie, int place) {
        int row = SIZES.total(movie) + place;
        int ofLanguage = row % 4 == 3 ? busy + others.at(row) : busyOnes.at(row);
        return 2 * ofLanguage + movie % 2;
    }

    /** Whose work it is in this film; empty where its crew has no such position. */
    Optional<Integer> personAt(Position position, int movie) {
        return Optional.of(PLACES.indexOf(position))
                .filter(place -> place >= 0 && place < SIZES.size(movie))
                .map(place -> person(movie, place));
    }
}
