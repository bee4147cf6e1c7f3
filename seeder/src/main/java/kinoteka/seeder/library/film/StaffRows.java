package kinoteka.seeder.library.film;

import java.util.List;
import kinoteka.seeder.library.reference.Position;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Names;

/** The crews of the films. Actors also have the name of their character. */
final class StaffRows implements Rows {

    private static final int LAST_LEADING_PLACE = Crews.PLACES.indexOf(Position.ACTOR) + 1;

    private final long randomSeed;
    private final Names names;
    private final long[] movies;
    private final long[] persons;
    private final long[] positionsOfPlaces;
    private final Crews crews;

    /** @param positions in the order of {@link Position} */
    StaffRows(long randomSeed, Names names, long[] movies, long[] persons, long[] positions) {
        this.randomSeed = randomSeed;
        this.names = names;
        this.movies = movies;
        this.persons = persons;
        List<Position> known = List.of(Position.values());
        this.positionsOfPlaces = Crews.PLACES.stream()
                .mapToLong(position -> positions[known.indexOf(position) % positions.length])
                .toArray();
        this.crews = new Crews(persons.length);
    }

    @Override
    public String columns() {
        return "id, movie_id, person_id, position_id, character_name, is_lead_role";
    }

    @Override
    public int count() {
        return Crews.SIZES.total(movies.length);
    }

    @Override
    public void write(long id, CopyText row) {
        int movie = Crews.SIZES.owner(id - 1);
        int place = Crews.SIZES.indexWithinOwner(id - 1);
        Position position = Crews.PLACES.get(place);
        row.field(id)
                .field(movies[movie])
                .field(persons[crews.person(movie, place)])
                .field(positionsOfPlaces[place])
                .fieldOrNull(position == Position.ACTOR ? character(id, movies[movie]) : null)
                .field(position == Position.ACTOR && place <= LAST_LEADING_PLACE)
                .endRow();
    }

    private String character(long id, long movieId) {
        return names.fullName(Language.of(movieId), new RowRandom(randomSeed, "movie_staff", id))
                .toString();
    }
}
