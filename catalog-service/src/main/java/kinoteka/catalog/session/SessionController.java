package kinoteka.catalog.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.List;
import kinoteka.catalog.database.Constraints;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.Refusal;
import kinoteka.catalog.representation.Representations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sessions over HTTP. */
@RestController
@RequestMapping(
        path = "/api/session",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class SessionController {

    private final Sessions sessions;
    private final PrimaryDatabase primary;
    private final ReplicaDatabase replica;
    private final Representations representations;

    SessionController(
            Sessions sessions, PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
        this.sessions = sessions;
        this.primary = primary;
        this.replica = replica;
        this.representations = representations;
    }

    @GetMapping
    Flux<Session> list(@Valid Page page, ServerWebExchange exchange) {
        return Sessions.BY_MOVIE.read(replica, page, exchange);
    }

    @GetMapping("/{id}")
    Mono<Session> byId(@PathVariable @Positive long id) {
        return sessions.byId(id).switchIfEmpty(unknown(id));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Session>> start(@Valid @RequestBody NewSession session) {
        return sessions.start(session)
                .switchIfEmpty(Mono.error(() -> unknownReference("movie_id", session.movieId())))
                .onErrorMap(
                        failure -> Constraints.isViolated("session_customer_exists", failure),
                        failure -> unknownReference("customer_id", session.customerId()))
                .map(started -> ResponseEntity.created(URI.create("/api/session/" + started.id()))
                        .body(started));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> end(@PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return sessions.lockedById(id)
                .switchIfEmpty(unknown(id))
                .doOnNext(session -> representations.requireMatch(request, session))
                .then(sessions.end(id))
                .as(primary.transaction()::transactional);
    }

    private static <T> Mono<T> unknown(long id) {
        return Mono.error(() -> Problem.RESOURCE_UNKNOWN.because("There is no session " + id + "."));
    }

    private static Refusal unknownReference(String field, long id) {
        return Problem.REFERENCE_UNKNOWN.because(
                "The body refers to what does not exist.", List.of(new InvalidField(field, "there is no " + id)));
    }
}
