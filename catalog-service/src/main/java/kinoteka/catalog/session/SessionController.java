package kinoteka.catalog.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.List;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.idempotency.IdempotencyKey;
import kinoteka.catalog.idempotency.IdempotentRequests;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import kinoteka.catalog.security.Member;
import kinoteka.catalog.security.PublicReads;
import org.jspecify.annotations.Nullable;
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
@PublicReads
@RequestMapping(
        path = "/api/session",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class SessionController {

    private final Sessions sessions;
    private final IdempotentRequests idempotency;
    private final ReplicaDatabase replica;
    private final Editing editing;

    SessionController(Sessions sessions, IdempotentRequests idempotency, ReplicaDatabase replica, Editing editing) {
        this.sessions = sessions;
        this.idempotency = idempotency;
        this.replica = replica;
        this.editing = editing;
    }

    /** Who watches what, by film, the newest first. */
    @GetMapping
    Flux<Session> list(@Valid Page page, @Valid SessionFilter filter, ServerWebExchange exchange) {
        return Sessions.BY_MOVIE.read(replica, page, filter.conditions(), exchange);
    }

    /** One viewing session. */
    @GetMapping("/{id}")
    Mono<Session> byId(@PathVariable @Positive long id) {
        return sessions.byId(id).switchIfEmpty(Problem.notFound("session", id));
    }

    /**
     * Begins to watch a film.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters, for example a UUID. A request that is sent again with the same key
     *     within a day is executed once, and gets the response of the first one
     */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Session>> start(
            Member member,
            @Valid @RequestBody NewSession session,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @IdempotencyKey @Nullable
                    String idempotencyKey,
            ServerWebExchange exchange) {
        member.requireCustomer(session.customerId());
        var started = sessions.start(session)
                .switchIfEmpty(Mono.error(() -> unknownMovie(session.movieId())))
                .map(one -> ResponseEntity.created(URI.create("/api/session/" + one.id()))
                        .body(one));
        return idempotency.execute(idempotencyKey, member, session, exchange, started);
    }

    /** Ends a viewing session. Somebody else's is as unknown as one that there never was. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> end(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, own(member, id), session -> sessions.end(id));
    }

    /** Somebody else's is as unknown as one that there never was. */
    private Mono<Session> own(Member member, long id) {
        return sessions.lockedById(id)
                .filter(session -> member.mayActFor(session.customer().id()))
                .delayUntil(
                        session -> editing.moderate(member, session.customer().id()))
                .switchIfEmpty(Problem.notFound("session", id));
    }

    private static ProblemException unknownMovie(long id) {
        return Problem.REFERENCE_UNKNOWN.exception(
                "The body refers to what does not exist.", List.of(new InvalidField("movie_id", "there is no " + id)));
    }
}
