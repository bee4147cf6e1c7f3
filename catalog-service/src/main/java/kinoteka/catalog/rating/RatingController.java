package kinoteka.catalog.rating;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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

/** Ratings over HTTP: 201 for a customer's first of a thing, 200 for one that replaces it. */
@RestController
@PublicReads
@RequestMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class RatingController {

    private final Ratings ratings;
    private final ReplicaDatabase replica;
    private final Editing editing;

    RatingController(Ratings ratings, ReplicaDatabase replica, Editing editing) {
        this.ratings = ratings;
        this.replica = replica;
        this.editing = editing;
    }

    /** A film's stars, the latest first. */
    @GetMapping("/api/movie/{id}/ratings")
    Flux<Rating> listOfMovie(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return list(Parent.movie(id), page, exchange);
    }

    /** A publication's stars, the latest first. */
    @GetMapping("/api/publication/{id}/ratings")
    Flux<Rating> listOfPublication(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return list(Parent.publication(id), page, exchange);
    }

    /** Gives a film stars. 200 where they replace the customer's own. */
    @PostMapping(path = "/api/movie/{id}/ratings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.OK)
    Mono<ResponseEntity<Rating>> rateMovie(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewRating rating) {
        return rate(member, Parent.movie(id), rating);
    }

    /** Gives a publication stars. 200 where they replace the customer's own. */
    @PostMapping(path = "/api/publication/{id}/ratings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.OK)
    Mono<ResponseEntity<Rating>> ratePublication(
            Member member, @PathVariable @Positive long id, @Valid @RequestBody NewRating rating) {
        return rate(member, Parent.publication(id), rating);
    }

    /** One rating. */
    @GetMapping("/api/rating/{id}")
    Mono<Rating> byId(@PathVariable @Positive long id) {
        return ratings.byId(id).switchIfEmpty(Problem.notFound("rating", id));
    }

    /** Takes one's own stars back. Somebody else's is as unknown as one that there never was. */
    @DeleteMapping("/api/rating/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, own(member, id), current -> ratings.remove(id));
    }

    private Flux<Rating> list(Parent thing, Page page, ServerWebExchange exchange) {
        return Ratings.LATEST_FIRST.read(replica, page, Ratings.ofThingOnly(thing), thing, exchange);
    }

    private Mono<ResponseEntity<Rating>> rate(Member member, Parent thing, NewRating rating) {
        return editing.make(thing, ratings.put(member.customer(), thing, rating), given -> "/api/rating/" + given.id())
                .map(RatingController::okWhereItReplacesOne);
    }

    private static ResponseEntity<Rating> okWhereItReplacesOne(ResponseEntity<Rating> created) {
        var rating = created.getBody();
        return rating == null || rating.isFirst()
                ? created
                : ResponseEntity.ok().headers(created.getHeaders()).body(rating);
    }

    /** Somebody else's is as unknown as one that there never was. */
    private Mono<Rating> own(Member member, long id) {
        return ratings.lockedById(id)
                .filter(rating -> member.mayActFor(rating.customer().id()))
                .delayUntil(rating -> editing.moderate(member, rating.customer().id()))
                .switchIfEmpty(Problem.notFound("rating", id));
    }
}
