package kinoteka.seeder.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import kinoteka.seeder.library.customer.MovieSummary;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import org.junit.jupiter.api.Test;

class LibraryTest {

    private static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration THREE_YEARS = Duration.ofDays(3 * 365);
    private static final Library LIBRARY = Library.generate(7, AS_OF);
    private static final List<MovieSummary> MOVIES =
            List.of(new MovieSummary(3, 1979, "Сталкер"), new MovieSummary(5, 1941, "Citizen"));

    @Test
    void generatesTheSameRowEveryTime() {
        Library again = Library.generate(7, AS_OF);

        assertThat(row(again.customers().customers(100), 41))
                .isEqualTo(row(LIBRARY.customers().customers(100), 41));
        assertThat(row(again.films().movies(100), 100))
                .isEqualTo(row(LIBRARY.films().movies(100), 100));
        assertThat(row(again.customers().sessions(MOVIES, new long[] {9}, 2), 2))
                .isEqualTo(row(LIBRARY.customers().sessions(MOVIES, new long[] {9}, 2), 2));
    }

    @Test
    void generatesAnotherLibraryFromAnotherRandomSeed() {
        assertThat(rows(Library.generate(8, AS_OF).films().movies(10)))
                .isNotEqualTo(rows(LIBRARY.films().movies(10)));
    }

    @Test
    void givesHalfOfTheFilmsARussianTitleAndHalfAnEnglishOne() {
        List<String> titles = column(1, rows(LIBRARY.films().movies(1_000)));

        assertThat(titles)
                .filteredOn(title -> title.matches(".*\\p{IsCyrillic}.*"))
                .hasSize(500);
        assertThat(titles).filteredOn(title -> title.matches(".*[A-Za-z].*")).hasSize(500);
    }

    @Test
    void repeatsTheTitleAndTheYearOfFewFilms() {
        List<String> titlesAndYears = rows(LIBRARY.films().movies(1_000)).stream()
                .map(row -> row.split("\t", -1))
                .map(row -> row[1] + row[2])
                .toList();

        assertThat(titlesAndYears.get(99)).isEqualTo(titlesAndYears.get(97));
        assertThat(Set.copyOf(titlesAndYears)).hasSizeBetween(950, 990);
    }

    @Test
    void givesEveryCustomerAUniqueUsernameAndAnAddressInAnExampleDomain() {
        List<String> rows = rows(LIBRARY.customers().customers(10_000));

        assertThat(column(1, rows)).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z.]{3,}[0-9]+"));
        assertThat(column(2, rows)).doesNotHaveDuplicates().allMatch(mail -> mail.matches(".+@example\\.(com|org)"));
    }

    @Test
    void distributesSessionsOverThreeYearsAndTheExistingMoviesAndCustomers() {
        List<String> rows = rows(LIBRARY.customers().sessions(MOVIES, new long[] {8, 9}, 1_000));

        assertThat(Set.copyOf(column(1, rows))).containsExactlyInAnyOrder("3", "5");
        assertThat(rows).allMatch(row -> row.contains("\t3\t1979\tСталкер\t") || row.contains("\t5\t1941\tCitizen\t"));
        assertThat(Set.copyOf(column(4, rows))).containsExactlyInAnyOrder("8", "9");
        assertThat(column(5, rows).stream().map(Instant::parse))
                .allMatch(started -> started.isBefore(AS_OF) && !started.isBefore(AS_OF.minus(THREE_YEARS)))
                .anyMatch(started -> started.isBefore(Instant.parse("2024-01-01T00:00:00Z")))
                .anyMatch(started -> started.isAfter(Instant.parse("2026-09-01T00:00:00Z")));
    }

    @Test
    void escapesCharactersThatEndAFieldOrARow() {
        CopyText text = new CopyText();
        text.field("a\tb\nc\\d").field(7).endRow();

        assertThat(text).hasToString("a\\tb\\nc\\\\d\t7\n");
    }

    private static String row(Rows rows, long id) {
        CopyText text = new CopyText();
        rows.write(id, text);
        return text.toString();
    }

    private static List<String> rows(Rows rows) {
        return LongStream.rangeClosed(1, rows.count())
                .mapToObj(id -> row(rows, id).strip())
                .toList();
    }

    private static List<String> column(int place, List<String> rows) {
        return rows.stream().map(row -> row.split("\t", -1)[place]).toList();
    }
}
