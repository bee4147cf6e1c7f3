package kinoteka.seeder.library.customer;

import java.time.LocalDate;
import java.util.List;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Period;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Names;
import kinoteka.seeder.words.TextGenerator;
import kinoteka.seeder.words.Transliteration;

/** Customers. */
final class CustomerRows implements Rows {

    private static final LocalDate FIRST_BIRTHDAY = LocalDate.of(1940, 1, 1);
    private static final int BIRTHDAYS = 70 * 365;
    private static final List<String> MAIL_DOMAINS = List.of("example.com", "example.org");
    private static final int CUSTOMERS_PER_BIO = 5;

    private final long randomSeed;
    private final Names names;
    private final TextGenerator texts;
    private final Period registration;
    private final int count;

    CustomerRows(long randomSeed, Names names, TextGenerator texts, Period registration, int count) {
        this.randomSeed = randomSeed;
        this.names = names;
        this.texts = texts;
        this.registration = registration;
        this.count = count;
    }

    @Override
    public String columns() {
        return "id, username, email, name, mid_name, surname, birthday, bio, created_at";
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void write(long id, CopyText row) {
        RowRandom random = new RowRandom(randomSeed, "customers", id);
        Names.FullName person = names.fullName(Language.of(id), random);
        // The id makes the username unique. The e-mail address contains the username, therefore it has Latin letters
        // only.
        String username = Transliteration.toLatin(person.first() + "." + person.last()) + id;
        row.field(id)
                .field(username)
                .field(username + "@" + random.pick(MAIL_DOMAINS))
                .field(person.first())
                .fieldOrNull(person.patronymic())
                .field(person.last())
                .field(FIRST_BIRTHDAY.plusDays(random.below(BIRTHDAYS)).toString())
                .fieldOrNull(id % CUSTOMERS_PER_BIO == 1 ? bio(id) : null)
                .field(registration.at(random.fraction()))
                .endRow();
    }

    private String bio(long id) {
        return texts.selfDescription(Language.of(id), new RowRandom(randomSeed, "bios", id));
    }
}
