package kinoteka.catalog.movie;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class MovieIncludesIT {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @Test
    void showsAWholeFilmInOneRequest() throws Exception {
        var movie = Samples.stalker();
        var person = Samples.person();
        RealPostgres.ask(
                "insert into movie_staff (movie_id, person_id, position_id) values (?, ?, ?) returning id",
                movie,
                person,
                Samples.term("positions"));
        RealPostgres.ask(
                "insert into awards (movie_id, film_award_id, nomination_id) values (?, ?, ?) returning id",
                movie,
                Samples.term("film_awards"),
                Samples.term("nominations"));
        var cinema = Samples.cinemaOffering(movie);

        var film =
                api.get("/api/movie/" + movie + "?include=staff,awards,offers").body();

        assertThat(film.at("/staff/0/person/id").asLong()).isEqualTo(person);
        assertThat(film.at("/awards/0/movie/id").asLong()).isEqualTo(movie);
        assertThat(film.at("/awards/0/person").isNull()).isTrue();
        assertThat(film.at("/offers/0/cinema/id").asLong()).isEqualTo(cinema);
        assertThat(film.at("/offers/0/price").toString()).isEqualTo("199.00");
        assertThat(api.get("/api/movie/" + movie).body().has("staff")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "?include=staff, 2", "'?include=staff,offers', 3", "'?include=staff,awards,offers', 4"})
    void asksTheDatabaseOnceForEachPart(String query, int questions) throws Exception {
        var movie = Samples.stalker();
        api.get("/api/movie/" + movie + query); // opens the connections
        var driver = (Logger) LoggerFactory.getLogger("io.r2dbc.postgresql.QUERY");
        var asked = new ListAppender<ILoggingEvent>();
        asked.start();
        driver.addAppender(asked);
        driver.setLevel(Level.DEBUG);
        driver.setAdditive(false);
        try {
            assertThat(api.get("/api/movie/" + movie + query).status()).isEqualTo(200);
        } finally {
            driver.detachAppender(asked);
            driver.setLevel(null);
            driver.setAdditive(true);
        }

        assertThat(asked.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(question -> !question.matches("Executing query: (SHOW|SELECT oid).*")) // a new connection
                .filteredOn(question -> !question.startsWith("Executing query: notify")) // the listener's heartbeat
                .hasSize(questions)
                .allMatch(question -> question.contains("select"));
    }

    @Test
    void rejectsAnUnknownPartAndNamesTheKnownOnes() {
        var rejected = api.get("/api/movie/1?include=staff,posters");

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.field()).isEqualTo("include");
        assertThat(rejected.body().at("/errors/0/detail").asString())
                .isEqualTo("expected: a comma-separated list of staff, awards, offers");
    }
}
