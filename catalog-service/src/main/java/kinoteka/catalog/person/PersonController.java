package kinoteka.catalog.person;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.util.Set;
import kinoteka.catalog.body.Patch;
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
    private final PersonIncludes includes;
    private final ReplicaDatabase replica;
    private final Editing editing;

    PersonController(Persons persons, PersonIncludes includes, ReplicaDatabase replica, Editing editing) {
        this.persons = persons;
        this.includes = includes;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists persons by name. */
    @GetMapping
    Flux<Person> list(@Valid Page page, @Valid PersonFilter filter, ServerWebExchange exchange) {
        return Persons.BY_NAME.read(replica, page, filter.conditions(), exchange);
    }

    /**
     * Returns a person.
     *
     * @param include lists to include in the response
     */
    @GetMapping("/{id}")
    Mono<PersonDetails> get(@PathVariable @Positive long id, @RequestParam(defaultValue = "") Set<Include> include) {
        return includes.findById(id, include).switchIfEmpty(Problem.notFound("person", id));
    }

    /** Creates a person. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PersonDetails>> create(Editor editor, @Valid @RequestBody PersonEdit person) {
        return editing.create(persons.create(person), created -> "/api/person/" + created.id());
    }

    /** Replaces a person. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<PersonDetails> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody PersonEdit person,
            @RequestHeader HttpHeaders request) {
        return editing.replace(request, target(id), persons.update(id, person));
    }

    /** Partially updates a person. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<PersonDetails> update(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<PersonEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(id), patch, person -> persons.update(id, person));
    }

    /** Deletes a person who is not on the staff of a film and has no awards. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id), persons.delete(id));
    }

    private Target<PersonDetails> target(long id) {
        return new Target<>("person", Persons.TABLE, id, persons.findById(id));
    }
}
