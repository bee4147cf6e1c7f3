package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@CatalogIT
class ChangesIT {

    @LocalServerPort
    private int port;

    private WebTestClient http;

    private String start;

    @BeforeEach
    void connect() {
        http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        try (var stream = EventStream.open(port)) {
            stream.awaitEvent(one -> "caught_up".equals(one.event()));
            start = stream.idOf("{}");
        }
    }

    @Test
    void sendsAnEventForEveryRowThatIsCreatedChangedOrDeletedWhoeverDoesIt() throws SQLException {
        try (var stream = EventStream.open(port).awaitEvent("caught_up")) {
            var movie = Samples.stalker();
            RealPostgres.ask("update movies set year = 1980 where id = ? returning 1", movie);
            RealPostgres.ask("delete from movies where id = ? returning 1", movie);

            var data = "{\"kind\":\"movie\",\"id\":%d}".formatted(movie);
            stream.awaitEvent("deleted");
            assertThat(stream.events())
                    .containsExactly("caught_up {}", "created " + data, "changed " + data, "deleted " + data);
        }
    }

    @Test
    void sendsNothingForATransactionThatIsRolledBack() throws SQLException {
        try (var stream = EventStream.open(port).awaitEvent("caught_up")) {
            var movie = Samples.stalker();
            try (var writer = RealPostgres.connection()) {
                writer.setAutoCommit(false);
                try (var statement = writer.createStatement()) {
                    statement.execute("delete from movies where id = " + movie);
                }
                writer.rollback();
            }
            var last = Samples.customer();

            stream.awaitData("{\"kind\":\"customer\",\"id\":%d}".formatted(last));
            assertThat(stream.events()).noneMatch(event -> event.startsWith("deleted"));
        }
    }

    @Test
    void sendsHeadersAndACommentAtOnce() {
        try (var stream = EventStream.open(port, "?kind=tag")) {
            stream.awaitEvent(one -> "changes".equals(one.comment()));
            assertThat(stream.received().getFirst().comment()).isEqualTo("changes");
            assertThat(MediaType.TEXT_EVENT_STREAM.isCompatibleWith(
                            stream.headers().getContentType()))
                    .isTrue();
            assertThat(stream.headers().getCacheControl()).isEqualTo("no-store");
        }
    }

    @Test
    void resumesExactlyAfterTheLastEventIdOfTheClient() throws SQLException {
        var before = Samples.stalker();
        String lastEventId;
        try (var stream = EventStream.open(port).awaitEvent("caught_up")) {
            before = Samples.stalker();
            var data = "{\"kind\":\"movie\",\"id\":%d}".formatted(before);
            lastEventId = stream.awaitData(data).idOf(data);
        }
        var first = Samples.stalker();
        var second = Samples.stalker();
        try (var other = EventStream.open(port, "?last_event_id=" + lastEventId)) {
            other.awaitData("{\"kind\":\"movie\",\"id\":%d}".formatted(second));
        }

        try (var stream = EventStream.resume(port, lastEventId)) {
            var third = Samples.stalker();
            stream.awaitData("{\"kind\":\"movie\",\"id\":%d}".formatted(third));

            assertThat(stream.events())
                    .startsWith(
                            "created {\"kind\":\"movie\",\"id\":%d}".formatted(first),
                            "created {\"kind\":\"movie\",\"id\":%d}".formatted(second))
                    .containsOnlyOnce("caught_up {}")
                    .endsWith("created {\"kind\":\"movie\",\"id\":%d}".formatted(third))
                    .hasSize(4);
        }
    }

    @Test
    void resumesWithTheEventsOfTheRequestedKindsOnly() throws SQLException {
        var lastEventId = idAfter(Samples.stalker());
        Samples.customer();
        var movie = Samples.stalker();
        var id = idAfter(movie);

        try (var stream = EventStream.open(port, "?kind=movie", headers -> headers.set("Last-Event-ID", lastEventId))) {
            stream.awaitEvent("caught_up");

            assertThat(stream.events()).containsExactly(created(movie), "caught_up {}");
            assertThat(stream.idOf(data(movie))).isEqualTo(id);
        }
    }

    @Test
    void resumesAfterTheIdOfTheHeaderSinceABrowserRepeatsTheOldQueryWhenItReconnects() throws SQLException {
        var old = idAfter(Samples.stalker());
        var missedByOld = Samples.stalker();
        var newer = idAfter(missedByOld);
        var last = Samples.stalker();
        idAfter(last);

        try (var both = EventStream.open(
                        port, "?last_event_id=" + old, headers -> headers.set("Last-Event-ID", newer));
                var queryOnly = EventStream.open(port, "?last_event_id=" + old)) {
            assertThat(both.awaitEvent("caught_up").events()).containsExactly(created(last), "caught_up {}");
            assertThat(queryOnly.awaitEvent("caught_up").events())
                    .containsExactly(created(missedByOld), created(last), "caught_up {}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "of-another-instance-7", "\"'; drop table movies", "-1", "99999999999999999999999999"})
    void sendsMissedToAClientWhoseLastEventIdIsForeign(String id) {
        try (var stream = EventStream.resume(port, id).awaitEvent("caught_up")) {
            assertThat(stream.events())
                    .containsExactly(
                            "missed {\"reason\":\"The events after the given event id are not available.\"}",
                            "caught_up {}");
        }
    }

    @Test
    void sendsOnlyEventsOfTheRequestedKinds() throws SQLException {
        try (var stream = EventStream.open(port, "?kind=movie,person").awaitEvent("caught_up")) {
            Samples.customer();
            var movie = Samples.stalker();
            var person = RealPostgres.ask(
                    "insert into persons (first_name, last_name, country) values ('A', 'B', 'C') returning id");

            stream.awaitData("{\"kind\":\"person\",\"id\":%s}".formatted(person));
            assertThat(stream.events())
                    .containsExactly(
                            "caught_up {}",
                            "created {\"kind\":\"movie\",\"id\":%d}".formatted(movie),
                            "created {\"kind\":\"person\",\"id\":%s}".formatted(person));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?kind=order", "?kind=movie,order", "?kind=", "?kind=MOVIE", "?kind=movie&kind=x"})
    void rejectsAnUnknownKind(String query) {
        http.get()
                .uri("/api/changes" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/parameter-invalid")
                .jsonPath("$.errors[0].field")
                .isEqualTo("kind");
    }

    @Test
    void rejectsAnEmptyIdOfTheLastEvent() {
        http.get()
                .uri("/api/changes?kind=movie")
                .header("Last-Event-ID", "")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Last-Event-ID");
    }

    @Test
    void rejectsAFormatThatItCannotProduce() {
        http.get()
                .uri("/api/changes")
                .accept(MediaType.APPLICATION_JSON)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The available formats are: text/event-stream.");
    }

    @Test
    void respondsToHeadWithoutAStream() {
        http.method(HttpMethod.HEAD)
                .uri("/api/changes")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .expectBody()
                .isEmpty();
    }

    @Test
    void heartbeatsCarryTheLatestIdSoThatAListenerOfFewKindsDoesNotFallBehind() throws SQLException {
        try (var all = EventStream.open(port).awaitEvent("caught_up");
                var few = EventStream.open(port, "?kind=tag").awaitEvent("caught_up")) {
            var data = "{\"kind\":\"movie\",\"id\":%d}".formatted(Samples.stalker());
            var reached = all.awaitData(data).idOf(data);

            few.awaitEvent(one -> reached.equals(one.id()) && one.event() == null);
        }
    }

    @Test
    void aNotificationThatCannotBeParsedIsReportedAsMissed() throws SQLException {
        try (var stream = EventStream.open(port).awaitEvent("caught_up")) {
            RealPostgres.ask("select pg_notify('kinoteka_changes', ?)", "nonsense " + UUID.randomUUID());

            stream.awaitEvent("missed");
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.events()
                    .equals(List.of(
                            "caught_up {}",
                            "missed {\"reason\":\"A notification from the database could not be parsed.\"}",
                            "caught_up {}")));
        }
    }

    /** Waits for the event of this movie and returns its id. */
    private String idAfter(long movie) {
        try (var stream = EventStream.open(port, "?last_event_id=" + start)) {
            return stream.awaitData(data(movie)).idOf(data(movie));
        }
    }

    private static String created(long movie) {
        return "created " + data(movie);
    }

    private static String data(long movie) {
        return "{\"kind\":\"movie\",\"id\":%d}".formatted(movie);
    }
}
