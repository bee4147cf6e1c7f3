package kinoteka.catalog.person;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.Set;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.body.Patches;
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
@RequestMapping(
        path = "/api/person",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class PersonController {

    private final Persons persons;
    private final PersonPage pages;
    private final PrimaryDatabase primary;
    private final ReplicaDatabase replica;
    private final Representations representations;
    private final Patches patches;

    PersonController(
            Persons persons,
            PersonPage pages,
            PrimaryDatabase primary,
            ReplicaDatabase replica,
            Representations representations,
            Patches patches) {
        this.persons = persons;
        this.pages = pages;
        this.primary = primary;
        this.replica = replica;
        this.representations = representations;
        this.patches = patches;
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
        return pages.of(id, include).switchIfEmpty(Unknown.thing("person", id));
    }

    /** Adds a person. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PersonDetails>> add(Editor editor, @Valid @RequestBody PersonEdit person) {
        return persons.add(person).as(primary.transaction()::transactional).map(added -> ResponseEntity.created(
                        URI.create("/api/person/" + added.id()))
                .body(added));
    }

    /** Says all of a person anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<PersonDetails> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody PersonEdit person,
            @RequestHeader HttpHeaders request) {
        return current(id, request)
                .flatMap(current -> persons.replace(id, person))
                .as(primary.transaction()::transactional);
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
        return current(id, request)
                .flatMap(current -> persons.replace(id, patches.apply(patch, current.edit())))
                .as(primary.transaction()::transactional);
    }

    /** Takes a person out of the library. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return current(id, request).flatMap(current -> persons.remove(id)).as(primary.transaction()::transactional);
    }

    /** Locked, and as the client has seen it. */
    private Mono<PersonDetails> current(long id, HttpHeaders request) {
        return persons.lockedById(id)
                .switchIfEmpty(Unknown.thing("person", id))
                .doOnNext(current -> representations.requireMatch(request, current));
    }
}
