package kinoteka.catalog.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.List;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
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

/** Viewing sessions over HTTP. */
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

    /** Lists viewing sessions, those with the newest films first. */
    @GetMapping
    Flux<Session> list(@Valid Page page, @Valid SessionFilter filter, ServerWebExchange exchange) {
        return Sessions.BY_MOVIE.read(replica, page, filter.conditions(), exchange);
    }

    /** Returns a viewing session. */
    @GetMapping("/{id}")
    Mono<Session> get(@PathVariable @Positive long id) {
        return sessions.findById(id).switchIfEmpty(Problem.notFound("session", id));
    }

    /**
     * Starts a viewing session. Only its customer and administrators can do this.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters, for example a UUID. A request that is sent again with the same key
     *     within a day is executed once, and gets the response of the first one
     */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Session>> create(
            Member member,
            @Valid @RequestBody NewSession session,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @IdempotencyKey @Nullable
                    String idempotencyKey,
            ServerWebExchange exchange) {
        member.requireCustomer(session.customerId());
        var created = sessions.create(session)
                .switchIfEmpty(Mono.error(() -> unknownMovie(session.movieId())))
                .map(one -> ResponseEntity.created(URI.create("/api/session/" + one.id()))
                        .body(one));
        return idempotency.execute(idempotencyKey, member, session, exchange, created);
    }

    /** Ends a viewing session. Only its customer and administrators can do this; for everybody else the response is 404. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        var own = sessions.findById(id)
                .filter(session -> member.mayActFor(session.customer().id()))
                .delayUntil(
                        session -> editing.moderate(member, session.customer().id()));
        return editing.delete(request, new Target<>("session", Sessions.TABLE, id, own), sessions.delete(id));
    }

    private static ProblemException unknownMovie(long id) {
        return Problem.REFERENCE_NOT_FOUND.exception(
                "The request body refers to a resource that does not exist.",
                List.of(new InvalidField("movie_id", "there is no movie " + id)));
    }
}
