package kinoteka.catalog.publication;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
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

/** Publications over HTTP: any customer writes them; their author and who keeps the catalogue may change them. */
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

    /** Publications, the latest first. */
    @GetMapping
    Flux<Publication> list(@Valid Page page, @Valid PublicationFilter filter, ServerWebExchange exchange) {
        return Publications.LATEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /** One publication, with its text. */
    @GetMapping("/{id}")
    Mono<PublicationDetails> byId(@PathVariable @Positive long id) {
        return publications.byId(id).switchIfEmpty(Problem.notFound("publication", id));
    }

    /** Publishes something. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PublicationDetails>> publish(Member member, @Valid @RequestBody PublicationEdit publication) {
        return editing.make(
                publications.add(member.customer(), publication).flatMap(publications::byId),
                added -> "/api/publication/" + added.id());
    }

    /** Changes a publication in part. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<PublicationDetails> change(
            Member member,
            @PathVariable @Positive long id,
            @RequestBody Patch<PublicationEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(member, id), current -> publications
                .replace(id, editing.apply(patch, current.edit()))
                .flatMap(publications::byId));
    }

    /** Takes a publication back. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(member, id), current -> publications.remove(id));
    }

    private Mono<PublicationDetails> current(Member member, long id) {
        return publications
                .lockedById(id)
                .switchIfEmpty(Problem.notFound("publication", id))
                .doOnNext(current -> requireAuthor(member, current))
                .delayUntil(current -> editing.moderate(member, current.author().id()));
    }

    /** Everybody can read it, so that it is no secret that it exists. */
    private static void requireAuthor(Member member, PublicationDetails publication) {
        if (!member.mayActFor(publication.author().id()) && !member.isEditor()) {
            throw Problem.FORBIDDEN.exception("The publication is another customer's.");
        }
    }
}
