package kinoteka.catalog.cinema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
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

/** The offers of a film over HTTP. */
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

    /** Lists the offers of a film, oldest first. */
    @GetMapping
    Flux<Offer> list(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return Offers.OLDEST_FIRST.read(replica, page, Offers.byMovie(id), Parent.movie(id), exchange);
    }

    /** Returns an offer of a film. */
    @GetMapping("/{offerId}")
    Mono<Offer> get(@PathVariable @Positive long id, @PathVariable @Positive long offerId) {
        return offers.findById(id, offerId).switchIfEmpty(Problem.notFound("offer", offerId));
    }

    /** Creates an offer of a film in an online cinema. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Offer>> create(
            Editor editor, @PathVariable @Positive long id, @Valid @RequestBody NewOffer offer) {
        return editing.create(
                Parent.movie(id), offers.create(id, offer), created -> "/api/movie/" + id + "/offers/" + created.id());
    }

    /** Partially updates an offer of a film. */
    @PatchMapping(
            path = "/{offerId}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Offer> update(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long offerId,
            @RequestBody Patch<OfferEdit> patch,
            @RequestHeader HttpHeaders request) {
        return editing.update(request, target(id, offerId), patch, offer -> offers.update(id, offerId, offer));
    }

    /** Deletes an offer of a film. */
    @DeleteMapping("/{offerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long offerId,
            @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id, offerId), offers.delete(offerId));
    }

    private Target<Offer> target(long movie, long id) {
        return new Target<>("offer", Offers.TABLE, id, offers.findById(movie, id));
    }
}
