package kinoteka.seeder.library.film;

import java.time.LocalDate;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Countries;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.People;
import kinoteka.seeder.words.Prose;

/** Those who make films. */
final class PersonRows implements Rows {

    private static final LocalDate ELDEST = LocalDate.of(1890, 1, 1);
    private static final int BIRTHDAYS = 115 * 365;
    private static final int PERCENT_WITH_BIRTHDAY = 90;
    private static final int PERCENT_WITH_BIO = 20;

    private final long randomSeed;
    private final People people;
    private final Prose prose;
    private final int count;

    PersonRows(long randomSeed, People people, Prose prose, int count) {
        this.randomSeed = randomSeed;
        this.people = people;
        this.prose = prose;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, first_name, mid_name, last_name, country, birthday, bio";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "persons", id);
        Language language = Language.of(id);
        People.Person person = people.person(language, dice);
        row.field(id)
                .field(person.name())
                .fieldOrNothing(person.patronymic())
                .field(person.surname())
                .field(Countries.country(language, dice))
                .fieldOrNothing(
                        dice.percent(PERCENT_WITH_BIRTHDAY)
                                ? ELDEST.plusDays(dice.below(BIRTHDAYS)).toString()
                                : null)
                .fieldOrNothing(dice.percent(PERCENT_WITH_BIO) ? prose.life(language, dice) : null)
                .endRow();
    }
}
