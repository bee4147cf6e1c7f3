package kinoteka.catalog.seed.library;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import kinoteka.catalog.seed.words.Dice;
import kinoteka.catalog.seed.words.Latin;
import kinoteka.catalog.seed.words.People;

/** Customers: odd ids have Russian names, even ones English. They registered before the first session began. */
final class CustomerRows implements Rows {

    private static final Duration REGISTERING = Duration.ofDays(5 * 365);
    private static final LocalDate ELDEST = LocalDate.of(1940, 1, 1);
    private static final int BIRTHDAYS = 70 * 365;
    private static final List<String> MAIL_HOSTS = List.of("example.com", "example.org");

    private final long randomSeed;
    private final People people;
    private final Instant firstRegistration;

    CustomerRows(long randomSeed, People people, Instant asOf) {
        this.randomSeed = randomSeed;
        this.people = people;
        this.firstRegistration = asOf.minus(SessionRows.SPAN).minus(REGISTERING);
    }

    @Override
    public String columns() {
        return "id, username, email, name, surname, birthday, created_at";
    }

    @Override
    public void write(long id, CopyText row) {
        Dice dice = new Dice(randomSeed, "customers", id);
        People.Person person = dice.oneOf(id % 2 == 0 ? people.english() : people.russians());
        // The id makes it unique; the letters are Latin, since it is a mail address too.
        String username = Latin.lettersOf(person.name() + "." + person.surname()) + id;
        Instant registered = firstRegistration.plusSeconds(dice.below((int) REGISTERING.toSeconds()));
        row.field(id)
                .field(username)
                .field(username + "@" + dice.oneOf(MAIL_HOSTS))
                .field(person.name())
                .field(person.surname())
                .field(ELDEST.plusDays(dice.below(BIRTHDAYS)).toString())
                .field(registered.toString())
                .endRow();
    }
}
