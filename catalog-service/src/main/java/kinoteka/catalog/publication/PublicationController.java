package kinoteka.catalog.publication;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
import kinoteka.catalog.listing.Page;
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

/** Publications over HTTP. Any customer can create one; its author, editors and administrators can update and delete it. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/publication",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class PublicationController {

    private final Publications publications;
    private final ReplicaDatabase replica;
    private final Editing editing;

    PublicationController(Publications publications, ReplicaDatabase replica, Editing editing) {
        this.publications = publications;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists publications, newest first. */
    @GetMapping
    Flux<Publication> list(@Valid Page page, @Valid PublicationFilter filter, ServerWebExchange exchange) {
        return Publications.NEWEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /** Returns a publication with its text. */
    @GetMapping("/{id}")
    Mono<PublicationDetails> get(@PathVariable @Positive long id) {
        return publications.findById(id).switchIfEmpty(Problem.notFound("publication", id));
    }

    /** Creates a publication. The customer whom the token names is its author. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PublicationDetails>> create(Member member, @Valid @RequestBody PublicationEdit publication) {
        return editing.create(
                publications.create(member.customer(), publication), created -> "/api/publication/" + created.id());
    }

    /** Partially updates a publication. Only its author, editors and administrators can do this. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<PublicationDetails> update(
            Member member,
            @PathVariable @Positive long id,
            @RequestBody Patch<PublicationEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(member, id), patch, publication -> publications.update(id, publication));
    }

    /** Deletes a publication. Only its author, editors and administrators can do this. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(member, id), publications.delete(id));
    }

    private Target<PublicationDetails> target(Member member, long id) {
        var publication = publications
                .findById(id)
                .doOnNext(current -> requireAuthor(member, current))
                .delayUntil(current -> editing.moderate(member, current.author().id()));
        return new Target<>("publication", Publications.TABLE, id, publication);
    }

    /** Publications are public, so a 403 reveals nothing. */
    private static void requireAuthor(Member member, PublicationDetails publication) {
        if (!member.mayActFor(publication.author().id()) && !member.isEditor()) {
            throw Problem.FORBIDDEN.exception("The publication belongs to another customer.");
        }
    }
}
