package kinoteka.catalog.vocabulary;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
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

/** One vocabulary over HTTP; see {@link VocabularyControllers}. */
@PublicReads
class TermController {

    private final Terms terms;
    private final String name;
    private final ReplicaDatabase replica;
    private final Editing editing;

    /** @param name of a term, in error messages and in the path */
    TermController(String name, Terms terms, ReplicaDatabase replica, Editing editing) {
        this.terms = terms;
        this.name = name;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists terms by title. */
    @GetMapping
    Flux<Term> list(@Valid Page page, ServerWebExchange exchange) {
        return terms.byTitle().read(replica, page, exchange);
    }

    /** Returns a term. */
    @GetMapping("/{id}")
    Mono<Term> get(@PathVariable @Positive long id) {
        return terms.findById(id).switchIfEmpty(Problem.notFound(name, id));
    }

    /** Creates a term. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Term>> create(Editor editor, @Valid @RequestBody TermEdit term) {
        return editing.create(terms.create(term), created -> "/api/" + name + "/" + created.id());
    }

    /** Replaces a term. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Term> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody TermEdit term,
            @RequestHeader HttpHeaders request) {
        return editing.replace(request, target(id), terms.update(id, term));
    }

    /** Deletes a term that is not in use. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id), terms.delete(id));
    }

    private Target<Term> target(long id) {
        return new Target<>(name, terms.table(), id, terms.findById(id));
    }
}
