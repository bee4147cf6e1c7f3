package kinoteka.catalog.comment;

import static java.util.Objects.requireNonNull;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
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

    /** What is said of a film, in the order it was said. */
    @GetMapping("/api/movie/{id}/comments")
    Flux<Comment> listOfMovie(
            @PathVariable @Positive long id,
            @Valid Page page,
            @Valid CommentFilter filter,
            ServerWebExchange exchange) {
        return list(Parent.movie(id), page, filter, exchange);
    }

    /** What is said of a publication, in the order it was said. */
    @GetMapping("/api/publication/{id}/comments")
    Flux<Comment> listOfPublication(
            @PathVariable @Positive long id,
            @Valid Page page,
            @Valid CommentFilter filter,
            ServerWebExchange exchange) {
        return list(Parent.publication(id), page, filter, exchange);
    }

    /** Says something of a film. */
    @PostMapping(path = "/api/movie/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Comment>> addToMovie(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewComment comment) {
        return add(member, Parent.movie(id), comment);
    }

    /** Says something of a publication. */
    @PostMapping(path = "/api/publication/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Comment>> addToPublication(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewComment comment) {
        return add(member, Parent.publication(id), comment);
    }

    /** One comment. */
    @GetMapping("/api/comment/{id}")
    Mono<Comment> byId(@PathVariable @Positive long id) {
        return comments.byId(id).switchIfEmpty(Problem.notFound("comment", id));
    }

    /** Changes a comment of one's own. */
    @PatchMapping(
            path = "/api/comment/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Comment> change(
            Member member,
            @PathVariable @Positive long id,
            @RequestBody Patch<CommentEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                        request, own(member, id), current -> comments.change(id, editing.apply(patch, current.edit())))
                .then(Mono.defer(() -> comments.byId(id)));
    }

    /** Deletes a comment of one's own. Its place stays, with the answers to it. */
    @DeleteMapping("/api/comment/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, own(member, id), current -> comments.delete(id));
    }

    private Flux<Comment> list(Parent thing, Page page, CommentFilter filter, ServerWebExchange exchange) {
        return Comments.AS_SAID.read(replica, page, filter.conditions(thing), thing, exchange);
    }

    private Mono<ResponseEntity<Comment>> add(Member member, Parent thing, NewComment comment) {
        return editing.make(
                thing, comments.add(member.customer(), thing, comment), added -> "/api/comment/" + added.id());
    }

    /** Somebody else's is as unknown as one that there never was, and so is one that is deleted. */
    private Mono<Comment> own(Member member, long id) {
        return comments.lockedById(id)
                .filter(comment -> comment.customer() != null
                        && member.mayActFor(comment.customer().id()))
                .delayUntil(comment -> editing.moderate(
                        member, requireNonNull(comment.customer()).id()))
                .switchIfEmpty(Problem.notFound("comment", id));
    }
}
