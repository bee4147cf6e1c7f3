package kinoteka.catalog.editing;

import java.util.function.Function;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.security.CurrentCaller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Executes writes, each in one transaction on the primary. Every write goes through here, because a token stays valid for some time
 * after its customer has closed the account: here the customer's account must be open, and stays open until the write is committed.
 */
@Component
public class WriteTransactions {

    private final PrimaryDatabase database;

    WriteTransactions(PrimaryDatabase database) {
        this.database = database;
    }

    /** Executes a write that changes nothing that exists already. */
    public <T> Mono<T> execute(Mono<T> write) {
        return requireOpenAccount().then(write).as(database.transaction()::transactional);
    }

    /**
     * Executes a change of something that exists.
     *
     * @param lock reads and locks what will be changed. It comes before the lock on the caller's account, since it may be that very
     *     account: a transaction that took the weaker lock first would deadlock with another one of the same kind
     */
    <C, T> Mono<T> execute(Mono<C> lock, Function<C, Mono<T>> change) {
        return lock.delayUntil(current -> requireOpenAccount())
                .flatMap(change)
                .as(database.transaction()::transactional);
    }

    /**
     * Locks the key of the account, as foreign keys do: writes of one customer do not wait for each other, and only closing the
     * account waits for them. A caller that is no customer has no account to close.
     */
    private Mono<Void> requireOpenAccount() {
        return CurrentCaller.get()
                .flatMap(caller -> Mono.justOrEmpty(caller.customer()))
                .flatMap(customer -> database.client()
                        .sql("select deleted_at is null from customers where id = :id for key share")
                        .bind("id", customer)
                        .mapValue(Boolean.class)
                        .one()
                        .defaultIfEmpty(false))
                .flatMap(isOpen -> isOpen
                        ? Mono.empty()
                        : Mono.error(Problem.FORBIDDEN.exception("The account of the token's customer is closed.")));
    }
}
