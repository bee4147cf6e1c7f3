package kinoteka.catalog.editing;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.function.Function;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.body.Patches;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.representation.Representations;
import kinoteka.catalog.security.Member;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Creates, updates and deletes resources, each in one transaction. An update or a deletion locks the resource before it
 * evaluates {@code If-Match}, so that it never overwrites a change that the client has not seen. The response is the
 * resource as the transaction wrote it; nothing is read after the commit.
 */
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
     * Creates a resource and returns 201 with its address.
     *
     * @param create inserts the resource and returns it
     * @param path returns the address of the created resource
     */
    public <T extends Record> Mono<ResponseEntity<T>> create(Mono<T> create, Function<T, String> path) {
        return transactions.execute(create).map(created -> ResponseEntity.created(URI.create(path.apply(created)))
                .body(created));
    }

    /** Like {@link #create(Mono, Function)}, for a resource that belongs to another one, which must exist. */
    public <T extends Record> Mono<ResponseEntity<T>> create(Parent parent, Mono<T> create, Function<T, String> path) {
        return create(parent.<T>requireExists(database).switchIfEmpty(create), path);
    }

    /**
     * Replaces a resource, if {@code If-Match} allows it.
     *
     * @param replace writes the new state and returns it
     */
    public <T> Mono<T> replace(HttpHeaders request, Target<?> target, Mono<T> replace) {
        return update(request, target, current -> replace);
    }

    /**
     * Applies a patch to the fields that a client can set, if {@code If-Match} allows it.
     *
     * @param update writes the patched fields and returns the resource
     */
    public <E extends Record, R extends Editable<E>, T> Mono<T> update(
            HttpHeaders request, Target<R> target, Patch<E> patch, Function<E, Mono<T>> update) {
        return update(
                request,
                target,
                current -> update.apply(patches.apply(patch, requireNonNull(current.editableFields()))));
    }

    /**
     * Changes a resource depending on its current state, if {@code If-Match} allows it.
     *
     * @param update receives the current state, writes the new one and returns it
     */
    public <R extends Editable<?>, T> Mono<T> update(
            HttpHeaders request, Target<R> target, Function<R, Mono<T>> update) {
        var locked = target.lockAndRead(database.client())
                .doOnNext(current -> representations.requireMatch(request, current));
        return transactions.execute(locked, update);
    }

    /**
     * Deletes a resource, if {@code If-Match} allows it.
     *
     * @param delete deletes the row
     */
    public Mono<Void> delete(HttpHeaders request, Target<?> target, Mono<Void> delete) {
        return update(request, target, current -> delete);
    }

    /** Returns the fields with the patch applied; rejects invalid ones by name. */
    public <E extends Record> E apply(Patch<E> patch, E current) {
        return patches.apply(patch, current);
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
}
