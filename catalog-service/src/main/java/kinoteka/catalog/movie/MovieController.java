package kinoteka.catalog.movie;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Movies over HTTP. */
@RestController
@RequestMapping(
        path = "/api/movie",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class MovieController {

    private final Movies movies;
    private final ReplicaDatabase replica;

    MovieController(Movies movies, ReplicaDatabase replica) {
        this.movies = movies;
        this.replica = replica;
    }

    @GetMapping
    Flux<Movie> list(@Valid Page page, ServerWebExchange exchange) {
        return Movies.NEWEST_FIRST.read(replica, page, exchange);
    }

    @GetMapping("/{id}")
    Mono<Movie> byId(@PathVariable @Positive long id) {
        return movies.byId(id)
                .switchIfEmpty(Mono.error(() -> Problem.RESOURCE_UNKNOWN.because("There is no movie " + id + ".")));
    }
}
