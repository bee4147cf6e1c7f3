package kinoteka.catalog.cinema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Cinemas over HTTP. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/cinema",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class CinemaController {

    private final Cinemas cinemas;
    private final ReplicaDatabase replica;
    private final Editing editing;

    CinemaController(Cinemas cinemas, ReplicaDatabase replica, Editing editing) {
        this.cinemas = cinemas;
        this.replica = replica;
        this.editing = editing;
    }

    /** Online cinemas, by title. */
    @GetMapping
    Flux<Cinema> list(@Valid Page page, ServerWebExchange exchange) {
        return Cinemas.BY_TITLE.read(replica, page, exchange);
    }

    /** One online cinema. */
    @GetMapping("/{id}")
    Mono<Cinema> byId(@PathVariable @Positive long id) {
        return cinemas.byId(id).switchIfEmpty(Problem.notFound("cinema", id));
    }

    /** Adds an online cinema. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Cinema>> add(Editor editor, @Valid @RequestBody CinemaEdit cinema) {
        return editing.make(cinemas.add(cinema), added -> "/api/cinema/" + added.id());
    }

    /** Says all of an online cinema anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Cinema> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody CinemaEdit cinema,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> cinemas.replace(id, cinema));
    }

    /** Changes an online cinema in part. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Cinema> change(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<CinemaEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                request, current(id), current -> cinemas.replace(id, editing.apply(patch, current.edit())));
    }

    /** Takes an online cinema away. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> cinemas.remove(id));
    }

    /** Locked, and as the client has seen it. */
    private Mono<Cinema> current(long id) {
        return cinemas.lockedById(id).switchIfEmpty(Problem.notFound("cinema", id));
    }
}
