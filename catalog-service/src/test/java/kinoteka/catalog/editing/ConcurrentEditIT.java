package kinoteka.catalog.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.EditableResource;
import kinoteka.catalog.HeldLock;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Two transactions that want the same row: the later one waits, and then decides by what the earlier one committed. */
@CatalogIT
class ConcurrentEditIT {

    private Api api;
    private Api admin;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
        admin = api.as(Bearer.admin());
    }

    @TestFactory
    Stream<DynamicTest> rejectsEveryEditOfAResourceThatChangedWhileTheEditWaited(
            @Autowired RequestMappingHandlerMapping controllers) {
        return EditOperation.test(controllers, operation -> {
            var resource = EditableResource.create(operation.pattern());
            var seen = admin.get(resource.path());
            var late = admin.with(HttpHeaders.IF_MATCH, seen.etag());
            try (var other = HeldLock.by(
                    "update %s set %s where id = ?".formatted(resource.table(), resource.change()), resource.id())) {
                var answer = async(() -> operation.send(late, seen, resource.path()));
                other.awaitWaiting(1);
                other.commit();

                assertThat(answer.get().problem()).isEqualTo("precondition-failed");
            }
            assertThat(admin.get(resource.path()).status()).isEqualTo(200);
        });
    }

    @ParameterizedTest
    @CsvSource({"movie, movie_tags, '{\"year\": 1980}'", "publication, publication_tags, '{\"title\": \"Зона\"}'"})
    void keepsATagThatAnotherTransactionAddedWhileTheUpdateWaited(String name, String tags, String patch)
            throws Exception {
        var resource = EditableResource.create("/api/" + name + "/{id}");
        var title = Samples.unique("философия");
        var tag = Samples.term("tags", title);
        try (var other = lock(resource)) {
            other.execute("insert into %s values (?, ?)".formatted(tags), resource.id(), tag);
            var updated = async(() -> admin.patch(resource.path(), patch));
            other.awaitWaiting(1);
            other.commit();

            assertThat(updated.get().status()).isEqualTo(200);
            assertThat(updated.get().body().at("/tags/0").asString("")).isEqualTo(title);
        }
        assertThat(RealPostgres.ask("select count(*) from %s where tag_id = ?".formatted(tags), tag))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"movie, movie_tags, '{\"year\": 1980}'", "publication, publication_tags, '{\"title\": \"Зона\"}'"})
    void rejectsAnUpdateIfATagWasAddedWhileTheUpdateWaited(String name, String tags, String patch) throws Exception {
        var resource = EditableResource.create("/api/" + name + "/{id}");
        var tag = Samples.term("tags");
        var late = admin.with(HttpHeaders.IF_MATCH, api.get(resource.path()).etag());
        try (var other = lock(resource)) {
            other.execute("insert into %s values (?, ?)".formatted(tags), resource.id(), tag);
            var updated = async(() -> late.patch(resource.path(), patch));
            other.awaitWaiting(1);
            other.commit();

            assertThat(updated.get().problem()).isEqualTo("precondition-failed");
        }
        assertThat(RealPostgres.ask("select count(*) from %s where tag_id = ?".formatted(tags), tag))
                .isEqualTo("1");
    }

    @Test
    void returnsAnUpdatedOfferThatAnotherTransactionDeletesAtOnce() throws Exception {
        var updated = updateThatMeetsADeletion("/api/movie/{id}/offers/{offerId}", "{\"price\": 7}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().path("price").toString()).isEqualTo("7.00");
    }

    @Test
    void returnsAnUpdatedCommentThatAnotherTransactionDeletesAtOnce() throws Exception {
        var updated = updateThatMeetsADeletion("/api/comment/{id}", "{\"text\": \"Быстро\"}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().path("text").asString("")).isEqualTo("Быстро");
    }

    /** The deletion waits for the update's transaction and runs as soon as that has committed. */
    private Api.Answer updateThatMeetsADeletion(String pattern, String patch) throws Exception {
        var resource = EditableResource.create(pattern);
        try (var first = lock(resource)) {
            var updated = async(() -> admin.patch(resource.path(), patch));
            first.awaitWaiting(1);
            var deleted = CompletableFuture.runAsync(() -> delete(resource), Thread.ofVirtual()::start);
            first.awaitWaiting(2);
            first.commit();
            deleted.get();
            return updated.get();
        }
    }

    /** Waits for every transaction that uses the table; whatever reads the table later reads it after the deletion. */
    private static void delete(EditableResource resource) {
        try (var deletion = HeldLock.by("lock table %s in access exclusive mode".formatted(resource.table()))) {
            deletion.execute("delete from %s where id = ?".formatted(resource.table()), resource.id());
            deletion.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HeldLock lock(EditableResource resource) throws SQLException {
        return HeldLock.by("select from %s where id = ? for update".formatted(resource.table()), resource.id());
    }

    private static CompletableFuture<Api.Answer> async(Supplier<Api.Answer> request) {
        return CompletableFuture.supplyAsync(request, Thread.ofVirtual()::start);
    }
}
