package kinoteka.catalog.vocabulary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.security.Editor;
import kinoteka.catalog.security.PublicReads;
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
@PublicReads
class TermController {

    private final Vocabulary terms;
    private final String name;
    private final ReplicaDatabase replica;
    private final Editing editing;

    /** @param name of a term, and the last segment of the path */
    TermController(String name, Vocabulary terms, ReplicaDatabase replica, Editing editing) {
        this.terms = terms;
        this.name = name;
        this.replica = replica;
        this.editing = editing;
    }

    /** The terms, by title. */
    @GetMapping
    Flux<Term> list(@Valid Page page, ServerWebExchange exchange) {
        return terms.byTitle().read(replica, page, exchange);
    }

    /** One term. */
    @GetMapping("/{id}")
    Mono<Term> byId(@PathVariable @Positive long id) {
        return terms.byId(id).switchIfEmpty(Problem.notFound(name, id));
    }

    /** Adds a term. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Term>> add(Editor editor, @Valid @RequestBody TermEdit term) {
        return editing.make(terms.add(term), added -> "/api/" + name + "/" + added.id());
    }

    /** Says all of a term anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Term> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody TermEdit term,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> terms.replace(id, term));
    }

    /** Takes a term away that nothing is described with. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> terms.remove(id));
    }

    private Mono<Term> current(long id) {
        return terms.lockedById(id).switchIfEmpty(Problem.notFound(name, id));
    }
}
