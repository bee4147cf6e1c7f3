package kinoteka.catalog.editing;

import java.net.URI;
import java.util.function.Function;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.body.Patches;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.representation.Representations;
import kinoteka.catalog.security.Member;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes and changes resources, each in one transaction, and never over a change that the client has not seen. */
@Component
public class Editing {

    private final PrimaryDatabase database;
    private final WriteTransactions transactions;
    private final Representations representations;
    private final Patches patches;

    Editing(
            PrimaryDatabase database,
            WriteTransactions transactions,
            Representations representations,
            Patches patches) {
        this.database = database;
        this.transactions = transactions;
        this.representations = representations;
        this.patches = patches;
    }

    /**
     * Answers 201 with what was made and its address.
     *
     * @param made makes it
     * @param path of what was made
     */
    public <T extends Record> Mono<ResponseEntity<T>> make(Mono<T> made, Function<T, String> path) {
        return transactions.execute(made).map(one -> ResponseEntity.created(URI.create(path.apply(one)))
                .body(one));
    }

    /** As {@link #make(Mono, Function)}, of what belongs to a thing that must exist. */
    public <T extends Record> Mono<ResponseEntity<T>> make(Parent parent, Mono<T> made, Function<T, String> path) {
        return make(parent.<T>requireExists(database).switchIfEmpty(made), path);
    }

    /**
     * Changes a resource, or takes it away, if it is still what {@code If-Match} says.
     *
     * @param locked reads it as it is and keeps others from changing it
     */
    public <C extends Record, T> Mono<T> change(HttpHeaders request, Mono<C> locked, Function<C, Mono<T>> change) {
        return transactions.execute(locked.doOnNext(current -> representations.requireMatch(request, current)), change);
    }

    /**
     * Allows the rest of the transaction to change what the owner wrote, even if the owner's account is closed. Does nothing
     * if the member is the owner, because a closed account may not change anything itself.
     */
    public Mono<Void> moderate(Member member, long owner) {
        if (member.is(owner)) {
            return Mono.empty();
        }
        return database.client()
                .sql("select set_config('kinoteka.moderation', 'on', true)")
                .then();
    }

    /** The patched whole; refuses what breaks a rule of it, and names the field. */
    public <T extends Record> T apply(Patch<T> patch, T current) {
        return patches.apply(patch, current);
    }
}
