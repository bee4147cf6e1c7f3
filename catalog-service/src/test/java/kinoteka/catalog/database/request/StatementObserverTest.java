package kinoteka.catalog.database.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

/** When an observer is notified of a statement. */
class StatementObserverTest {

    private final List<String> events = new ArrayList<>();
    private final StatementObserver observer =
            (sql, start, isComplete) -> events.add(isComplete ? "observed success" : "observed failure");

    @Test
    void aSuccessIsObservedBeforeItIsPassedOn() {
        observer.observe("select 1", Flux.just(1)).subscribe(row -> {}, failure -> {}, () -> events.add("complete"));

        assertThat(events).containsExactly("observed success", "complete");
    }

    @Test
    void aFailureIsObservedBeforeItIsPassedOn() {
        observer.observe("select 1", Flux.error(new IllegalStateException()))
                .subscribe(row -> {}, failure -> events.add("failed"));

        assertThat(events).containsExactly("observed failure", "failed");
    }

    @Test
    void aCancellationIsAFailure() {
        observer.observe("select 1", Flux.never()).subscribe().dispose();

        assertThat(events).containsExactly("observed failure");
    }

    @Test
    void aStatementThatEndsAfterItsCancellationIsObservedOnce() {
        var statement = TestPublisher.<Integer>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        observer.observe("select 1", statement.flux()).subscribe().dispose();
        statement.complete();

        assertThat(events).containsExactly("observed failure");
    }
}
