package kinoteka.catalog.cinema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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

    /** Lists online cinemas by title. */
    @GetMapping
    Flux<Cinema> list(@Valid Page page, ServerWebExchange exchange) {
        return Cinemas.BY_TITLE.read(replica, page, exchange);
    }

    /** Returns an online cinema. */
    @GetMapping("/{id}")
    Mono<Cinema> get(@PathVariable @Positive long id) {
        return cinemas.findById(id).switchIfEmpty(Problem.notFound("cinema", id));
    }

    /** Creates an online cinema. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Cinema>> create(Editor editor, @Valid @RequestBody CinemaEdit cinema) {
        return editing.create(cinemas.create(cinema), created -> "/api/cinema/" + created.id());
    }

    /** Replaces an online cinema. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Cinema> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody CinemaEdit cinema,
            @RequestHeader HttpHeaders request) {
        return editing.replace(request, target(id), cinemas.update(id, cinema));
    }

    /** Partially updates an online cinema. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Cinema> update(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<CinemaEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(id), patch, cinema -> cinemas.update(id, cinema));
    }

    /** Deletes an online cinema that has no orders. Its offers are deleted with it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id), cinemas.delete(id));
    }

    private Target<Cinema> target(long id) {
        return new Target<>("cinema", Cinemas.TABLE, id, cinemas.findById(id));
    }
}
