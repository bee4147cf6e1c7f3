package kinoteka.catalog.movie;

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

/** Movies over HTTP. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/movie",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class MovieController {

    private final Movies movies;
    private final MovieIncludes includes;
    private final ReplicaDatabase replica;
    private final Editing editing;

    MovieController(Movies movies, MovieIncludes includes, ReplicaDatabase replica, Editing editing) {
        this.movies = movies;
        this.includes = includes;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists films, newest first. */
    @GetMapping
    Flux<Movie> list(@Valid Page page, @Valid MovieFilter filter, ServerWebExchange exchange) {
        return Movies.NEWEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /**
     * Returns a film.
     *
     * @param include lists to include in the response
     */
    @GetMapping("/{id}")
    Mono<MovieDetails> get(@PathVariable @Positive long id, @RequestParam(defaultValue = "") Set<Include> include) {
        return includes.findById(id, include).switchIfEmpty(Problem.notFound("movie", id));
    }

    /** Creates a film. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MovieDetails>> create(Editor editor, @Valid @RequestBody MovieEdit movie) {
        return editing.create(movies.create(movie), created -> "/api/movie/" + created.id());
    }

    /** Replaces a film. */
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<MovieDetails> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody MovieEdit movie,
            @RequestHeader HttpHeaders request) {
        return editing.replace(request, target(id), movies.update(id, movie));
    }

    /** Partially updates a film. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<MovieDetails> update(
            Editor editor,
            @PathVariable @Positive long id,
            @RequestBody Patch<MovieEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(id), patch, movie -> movies.update(id, movie));
    }

    /**
     * Deletes a film that has no orders and no awards. Its staff, offers, comments, ratings and viewing sessions are deleted
     * with it.
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id), movies.delete(id));
    }

    private Target<MovieDetails> target(long id) {
        return new Target<>("movie", Movies.TABLE, id, movies.findById(id));
    }
}
