package kinoteka.catalog.seed.library.viewer;

import java.time.LocalDate;
import java.util.List;
import kinoteka.catalog.seed.rows.CopyText;
import kinoteka.catalog.seed.rows.Period;
import kinoteka.catalog.seed.rows.Rows;
import kinoteka.catalog.seed.words.Dice;
import kinoteka.catalog.seed.words.Language;
import kinoteka.catalog.seed.words.Latin;
import kinoteka.catalog.seed.words.People;

/** Customers. They registered before they did anything else. */
final class CustomerRows implements Rows {

    private static final LocalDate ELDEST = LocalDate.of(1940, 1, 1);
    private static final int BIRTHDAYS = 70 * 365;
    private static final List<String> MAIL_HOSTS = List.of("example.com", "example.org");

    private final long randomSeed;
    private final People people;
    private final Period registering;
    private final int count;

    CustomerRows(long randomSeed, People people, Period registering, int count) {
        this.randomSeed = randomSeed;
        this.people = people;
        this.registering = registering;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, username, email, name, mid_name, surname, birthday, created_at";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "customers", id);
        People.Person person = people.person(Language.of(id), dice);
        // The id makes it unique; the letters are Latin, since it is a mail address too.
        String username = Latin.lettersOf(person.name() + "." + person.surname()) + id;
        row.field(id)
                .field(username)
                .field(username + "@" + dice.oneOf(MAIL_HOSTS))
                .field(person.name())
                .fieldOrNothing(person.patronymic())
                .field(person.surname())
                .field(ELDEST.plusDays(dice.below(BIRTHDAYS)).toString())
                .field(registering.at(dice.share()))
                .endRow();
    }
}
