package kinoteka.catalog.cinema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.listing.Parent;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A film's offers over HTTP. */
@RestController
@PublicReads
@RequestMapping(
        path = "/api/movie/{id}/offers",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class OfferController {

    private final Offers offers;
    private final ReplicaDatabase replica;
    private final Editing editing;

    OfferController(Offers offers, ReplicaDatabase replica, Editing editing) {
        this.offers = offers;
        this.replica = replica;
        this.editing = editing;
    }

    /** Where a film can be watched. */
    @GetMapping
    Flux<Offer> list(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return Offers.AS_MADE.read(replica, page, Offers.ofMovieOnly(id), Parent.movie(id), exchange);
    }

    /** One offer of a film. */
    @GetMapping("/{offerId}")
    Mono<Offer> byId(@PathVariable @Positive long id, @PathVariable @Positive long offerId) {
        return offers.byId(id, offerId).switchIfEmpty(Problem.notFound("offer", offerId));
    }

    /** Offers a film in an online cinema. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Offer>> add(
            Editor editor, @PathVariable @Positive long id, @Valid @RequestBody NewOffer offer) {
        return editing.make(
                Parent.movie(id),
                offers.add(id, offer).flatMap(added -> offers.byId(id, added)),
                added -> "/api/movie/" + id + "/offers/" + added.id());
    }

    /** Changes an offer in part. */
    @PatchMapping(
            path = "/{offerId}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Offer> change(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long offerId,
            @RequestBody Patch<OfferEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                        request,
                        current(id, offerId),
                        current -> offers.replace(offerId, editing.apply(patch, current.edit())))
                .then(offers.byId(id, offerId));
    }

    /** Takes an offer back. */
    @DeleteMapping("/{offerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long offerId,
            @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id, offerId), current -> offers.remove(offerId));
    }

    private Mono<Offer> current(long movie, long id) {
        return offers.lockedById(movie, id).switchIfEmpty(Problem.notFound("offer", id));
    }
}
