package kinoteka.catalog.vocabulary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Unknown;
import kinoteka.catalog.representation.Representations;
import kinoteka.catalog.security.Editor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One vocabulary over HTTP; {@link VocabularyControllers} has them all. */
class TermController {

    private final Vocabulary terms;
    private final String name;
    private final PrimaryDatabase primary;
    private final ReplicaDatabase replica;
    private final Representations representations;

    /** @param name of a term, and the last segment of the path */
    TermController(
            String name,
            String table,
            PrimaryDatabase primary,
            ReplicaDatabase replica,
            Representations representations) {
        this.terms = new Vocabulary(primary, table);
        this.name = name;
        this.primary = primary;
        this.replica = replica;
        this.representations = representations;
    }

    /** The terms, by title. */
    @GetMapping
    Flux<Term> list(@Valid Page page, ServerWebExchange exchange) {
        return terms.byTitle().read(replica, page, exchange);
    }

    /** One term. */
    @GetMapping("/{id}")
    Mono<Term> byId(@PathVariable @Positive long id) {
        return terms.byId(id).switchIfEmpty(Unknown.thing(name, id));
    }

    /** Adds a term. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Term>> add(Editor editor, @Valid @RequestBody TermEdit term) {
        return terms.add(term).map(added -> ResponseEntity.created(URI.create("/api/" + name + "/" + added.id()))
                .body(added));
    }

    /** Says all of a term anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Term> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody TermEdit term,
            @RequestHeader HttpHeaders request) {
        return current(id, request)
                .flatMap(current -> terms.replace(id, term))
                .as(primary.transaction()::transactional);
    }

    /** Takes a term away that nothing is described with. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return current(id, request).flatMap(current -> terms.remove(id)).as(primary.transaction()::transactional);
    }

    private Mono<Term> current(long id, HttpHeaders request) {
        return terms.lockedById(id)
                .switchIfEmpty(Unknown.thing(name, id))
                .doOnNext(current -> representations.requireMatch(request, current));
    }
}
