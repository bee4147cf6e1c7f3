package kinoteka.catalog.movie;

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

/** Movies over HTTP. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/movie",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class MovieController {

    private final Movies movies;
    private final FilmPage pages;
    private final ReplicaDatabase replica;
    private final Editing editing;

    MovieController(Movies movies, FilmPage pages, ReplicaDatabase replica, Editing editing) {
        this.movies = movies;
        this.pages = pages;
        this.replica = replica;
        this.editing = editing;
    }

    /** Films, the newest first. */
    @GetMapping
    Flux<Movie> list(@Valid Page page, @Valid MovieFilter filter, ServerWebExchange exchange) {
        return Movies.NEWEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /**
     * One film.
     *
     * @param include what to show of it besides
     */
    @GetMapping("/{id}")
    Mono<MovieDetails> byId(@PathVariable @Positive long id, @RequestParam(defaultValue = "") Set<Part> include) {
        return pages.of(id, include).switchIfEmpty(Problem.notFound("movie", id));
    }

    /** Adds a film. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MovieDetails>> add(Editor editor, @Valid @RequestBody MovieEdit movie) {
        return editing.make(movies.add(movie).flatMap(movies::byId), added -> "/api/movie/" + added.id());
    }

    /** Says all of a film anew. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<MovieDetails> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody MovieEdit movie,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                request, current(id), current -> movies.replace(id, movie).flatMap(movies::byId));
    }

    /** Changes a film in part. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<MovieDetails> change(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<MovieEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> movies.replace(id, editing.apply(patch, current.edit()))
                .flatMap(movies::byId));
    }

    /** Takes a film out of the library. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> movies.remove(id));
    }

    /** Locked, and as the client has seen it. */
    private Mono<MovieDetails> current(long id) {
        return movies.lockedById(id).switchIfEmpty(Problem.notFound("movie", id));
    }
}
