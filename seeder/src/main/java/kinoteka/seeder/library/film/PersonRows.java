package kinoteka.seeder.library.film;

import java.time.LocalDate;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Countries;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Names;
import kinoteka.seeder.words.TextGenerator;

/** Persons who make films. */
final class PersonRows implements Rows {

    private static final LocalDate FIRST_BIRTHDAY = LocalDate.of(1890, 1, 1);
    private static final int BIRTHDAYS = 115 * 365;
    private static final int PERCENT_WITH_BIRTHDAY = 90;
    private static final int PERCENT_WITH_BIO = 20;

    private final long randomSeed;
    private final Names names;
    private final TextGenerator texts;
    private final int count;

    PersonRows(long randomSeed, Names names, TextGenerator texts, int count) {
        this.randomSeed = randomSeed;
        this.names = names;
        this.texts = texts;
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
        RowRandom random = new RowRandom(randomSeed, "persons", id);
        Language language = Language.of(id);
        Names.FullName person = names.fullName(language, random);
        row.field(id)
                .field(person.first())
                .fieldOrNull(person.patronymic())
                .field(person.last())
                .field(Countries.country(language, random))
                .fieldOrNull(
                        random.percent(PERCENT_WITH_BIRTHDAY)
                                ? FIRST_BIRTHDAY
                                        .plusDays(random.below(BIRTHDAYS))
                                        .toString()
                                : null)
                .fieldOrNull(random.percent(PERCENT_WITH_BIO) ? texts.biography(language, random) : null)
                .endRow();
    }
}
