package kinoteka.catalog.database.request;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** Is notified of each statement of a request. Most requests have none. */
public interface StatementObserver {

    /**
     * Called once for each statement, when all its results were read, it failed or was cancelled.
     *
     * @param sql the text, without the values of its parameters
     * @param start when it was sent, in nanoseconds of {@link System#nanoTime}
     * @param isComplete whether it has succeeded and was not cancelled
     */
    void onStatement(String sql, long start, boolean isComplete);

    /** Makes this the observer of the statements of an exchange. */
    default void assignTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(StatementObserver.class.getName(), this);
    }

    /** Returns the observer of an exchange; null if there is none. */
    static @Nullable StatementObserver of(ServerWebExchange exchange) {
        return exchange.getAttribute(StatementObserver.class.getName());
    }

    /** Returns a statement that notifies this observer before it passes its end on, so that no request ends before its statements. */
    default <T> Flux<T> observe(String sql, Flux<T> statement) {
        return Flux.defer(() -> {
            var start = System.nanoTime();
            var isNotified = new AtomicBoolean(); // what has completed may be cancelled afterwards
            Consumer<Boolean> end = isComplete -> {
                if (isNotified.compareAndSet(false, true)) {
                    onStatement(sql, start, isComplete);
                }
            };
            return statement
                    .doOnComplete(() -> end.accept(true))
                    .doOnError(failure -> end.accept(false))
                    .doOnCancel(() -> end.accept(false));
        });
    }
}
