package kinoteka.catalog.person;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.util.Set;
import kinoteka.catalog.body.Patch;
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
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Persons over HTTP. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/person",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class PersonController {

    private final Persons persons;
    private final PersonPage pages;
    private final ReplicaDatabase replica;
    private final Editing editing;

    PersonController(Persons persons, PersonPage pages, ReplicaDatabase replica, Editing editing) {
        this.persons = persons;
        this.pages = pages;
        this.replica = replica;
        this.editing = editing;
    }

    /** Who makes films, by name. */
    @GetMapping
    Flux<Person> list(@Valid Page page, @Valid PersonFilter filter, ServerWebExchange exchange) {
        return Persons.BY_NAME.read(replica, page, filter.conditions(), exchange);
    }

    /**
     * One person.
     *
     * @param include what to show besides
     */
    @GetMapping("/{id}")
    Mono<PersonDetails> byId(@PathVariable @Positive long id, @RequestParam(defaultValue = "") Set<Part> include) {
        return pages.of(id, include).switchIfEmpty(Problem.notFound("person", id));
    }

    /** Adds a person. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PersonDetails>> add(Editor editor, @Valid @RequestBody PersonEdit person) {
        return editing.make(persons.add(person), added -> "/api/person/" + added.id());
    }

    /** Says all of a person anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<PersonDetails> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody PersonEdit person,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> persons.replace(id, person));
    }

    /** Changes a person in part. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<PersonDetails> change(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<PersonEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                request, current(id), current -> persons.replace(id, editing.apply(patch, current.edit())));
    }

    /** Takes a person out of the library. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> persons.remove(id));
    }

    /** Locked, and as the client has seen it. */
    private Mono<PersonDetails> current(long id) {
        return persons.lockedById(id).switchIfEmpty(Problem.notFound("person", id));
    }
}
