package kinoteka.catalog.comment;

import static java.util.Objects.requireNonNull;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.security.Member;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Comments over HTTP. */
@RestController
@PublicReads
@RequestMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class CommentController {

    private final Comments comments;
    private final ReplicaDatabase replica;
    private final Editing editing;

    CommentController(Comments comments, ReplicaDatabase replica, Editing editing) {
        this.comments = comments;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists the comments on a film, oldest first. */
    @GetMapping("/api/movie/{id}/comments")
    Flux<Comment> listByMovie(
            @PathVariable @Positive long id,
            @Valid Page page,
            @Valid CommentFilter filter,
            ServerWebExchange exchange) {
        return list(Parent.movie(id), page, filter, exchange);
    }

    /** Lists the comments on a publication, oldest first. */
    @GetMapping("/api/publication/{id}/comments")
    Flux<Comment> listByPublication(
            @PathVariable @Positive long id,
            @Valid Page page,
            @Valid CommentFilter filter,
            ServerWebExchange exchange) {
        return list(Parent.publication(id), page, filter, exchange);
    }

    /** Creates a comment on a film. The customer whom the token names is its author. */
    @PostMapping(path = "/api/movie/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Comment>> createForMovie(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewComment comment) {
        return create(member, Parent.movie(id), comment);
    }

    /** Creates a comment on a publication. The customer whom the token names is its author. */
    @PostMapping(path = "/api/publication/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Comment>> createForPublication(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewComment comment) {
        return create(member, Parent.publication(id), comment);
    }

    /** Returns a comment. */
    @GetMapping("/api/comment/{id}")
    Mono<Comment> get(@PathVariable @Positive long id) {
        return comments.findById(id).switchIfEmpty(Problem.notFound("comment", id));
    }

    /**
     * Partially updates a comment. Only its author and administrators can do this; for everybody else the response is 404, as
     * it is for a deleted comment.
     */
    @PatchMapping(
            path = "/api/comment/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Comment> update(
            Member member,
            @PathVariable @Positive long id,
            @RequestBody Patch<CommentEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(member, id), patch, comment -> comments.update(id, comment));
    }

    /**
     * Deletes a comment. Its text and its author are erased; its place in the thread and its replies stay. Only its author and
     * administrators can do this; for everybody else the response is 404.
     */
    @DeleteMapping("/api/comment/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(member, id), comments.delete(id));
    }

    private Flux<Comment> list(Parent subject, Page page, CommentFilter filter, ServerWebExchange exchange) {
        return Comments.OLDEST_FIRST.read(replica, page, filter.conditions(subject), subject, exchange);
    }

    private Mono<ResponseEntity<Comment>> create(Member member, Parent subject, NewComment comment) {
        return editing.create(
                subject,
                comments.create(member.customer(), subject, comment),
                created -> "/api/comment/" + created.id());
    }

    /** A deleted comment has no author any more. */
    private Target<Comment> target(Member member, long id) {
        var own = comments.findById(id)
                .filter(comment -> comment.customer() != null
                        && member.mayActFor(comment.customer().id()))
                .delayUntil(comment -> editing.moderate(
                        member, requireNonNull(comment.customer()).id()));
        return new Target<>("comment", Comments.TABLE, id, own);
    }
}
