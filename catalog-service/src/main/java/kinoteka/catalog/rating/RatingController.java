package kinoteka.catalog.rating;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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
import org.springframework.http.server.reactive.ServerHttpResponse;
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

/** Ratings over HTTP. */
@RestController
@PublicReads
@RequestMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class RatingController {

    /** The path of what a write has changed that its own path does not name. Only for gateways, which have to invalidate it. */
    private static final String CHANGED = "Gateway-Changed";

    private final Ratings ratings;
    private final ReplicaDatabase replica;
    private final Editing editing;

    RatingController(Ratings ratings, ReplicaDatabase replica, Editing editing) {
        this.ratings = ratings;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists the ratings of a film, newest first. */
    @GetMapping("/api/movie/{id}/ratings")
    Flux<Rating> listByMovie(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return list(Parent.movie(id), page, exchange);
    }

    /** Lists the ratings of a publication, newest first. */
    @GetMapping("/api/publication/{id}/ratings")
    Flux<Rating> listByPublication(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return list(Parent.publication(id), page, exchange);
    }

    /**
     * Rates a film as the customer whom the token names. If this customer has rated the film before, the new rating replaces
     * the previous one, and the response is 200 rather than 201.
     */
    @PostMapping(path = "/api/movie/{id}/ratings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.OK)
    Mono<ResponseEntity<Rating>> rateMovie(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewRating rating) {
        return createOrUpdate(member, Parent.movie(id), rating);
    }

    /**
     * Rates a publication as the customer whom the token names. If this customer has rated the publication before, the new
     * rating replaces the previous one, and the response is 200 rather than 201.
     */
    @PostMapping(path = "/api/publication/{id}/ratings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.OK)
    Mono<ResponseEntity<Rating>> ratePublication(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewRating rating) {
        return createOrUpdate(member, Parent.publication(id), rating);
    }

    /** Returns a rating. */
    @GetMapping("/api/rating/{id}")
    Mono<Rating> get(@PathVariable @Positive long id) {
        return ratings.findById(id).switchIfEmpty(Problem.notFound("rating", id));
    }

    /** Deletes a rating. Only its customer and administrators can do this; for everybody else the response is 404. */
    @DeleteMapping("/api/rating/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            Member member,
            @PathVariable @Positive long id,
            @RequestHeader HttpHeaders request,
            ServerHttpResponse response) {
        var own = ratings.findById(id)
                .filter(rating -> member.mayActFor(rating.customer().id()))
                .doOnNext(rating -> response.getHeaders().set(CHANGED, rating.ratedPath()))
                .delayUntil(rating -> editing.moderate(member, rating.customer().id()));
        return editing.delete(request, new Target<>("rating", Ratings.TABLE, id, own), ratings.delete(id));
    }

    private Flux<Rating> list(Parent subject, Page page, ServerWebExchange exchange) {
        return Ratings.NEWEST_FIRST.read(replica, page, Ratings.bySubject(subject), subject, exchange);
    }

    private Mono<ResponseEntity<Rating>> createOrUpdate(Member member, Parent subject, NewRating rating) {
        return editing.create(
                        subject,
                        ratings.createOrUpdate(member.customer(), subject, rating),
                        written -> "/api/rating/" + written.id())
                .map(RatingController::okUnlessNew);
    }

    private static ResponseEntity<Rating> okUnlessNew(ResponseEntity<Rating> created) {
        var rating = created.getBody();
        return rating == null || rating.isNew()
                ? created
                : ResponseEntity.ok().headers(created.getHeaders()).body(rating);
    }
}
