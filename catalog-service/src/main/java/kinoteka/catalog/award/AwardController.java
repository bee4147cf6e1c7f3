package kinoteka.catalog.award;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Awards over HTTP. */
@RestController
@PublicReads
@RequestMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class AwardController {

    private final Awards awards;
    private final ReplicaDatabase replica;
    private final Editing editing;

    AwardController(Awards awards, ReplicaDatabase replica, Editing editing) {
        this.awards = awards;
        this.replica = replica;
        this.editing = editing;
    }

    /** Awards that were given, the latest first. */
    @GetMapping("/api/award")
    Flux<Award> list(@Valid Page page, @Valid AwardFilter filter, ServerWebExchange exchange) {
        return Awards.LATEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /** What a film won, the latest first. */
    @GetMapping("/api/movie/{id}/awards")
    Flux<Award> listOfMovie(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        var ofMovie = new AwardFilter(id, null).conditions();
        return Awards.LATEST_FIRST.read(replica, page, ofMovie, Parent.movie(id), exchange);
    }

    /** One award. */
    @GetMapping("/api/award/{id}")
    Mono<Award> byId(@PathVariable @Positive long id) {
        return awards.byId(id).switchIfEmpty(Problem.notFound("award", id));
    }

    /** Adds an award that was given. */
    @PostMapping(path = "/api/award", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Award>> add(Editor editor, @Valid @RequestBody AwardEdit award) {
        return editing.make(awards.add(award).flatMap(awards::byId), added -> "/api/award/" + added.id());
    }

    /** Says all of an award anew. */
    @PutMapping(path = "/api/award/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Award> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody AwardEdit award,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                request, current(id), current -> awards.replace(id, award).flatMap(awards::byId));
    }

    /** Takes an award away. */
    @DeleteMapping("/api/award/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.change(request, current(id), current -> awards.remove(id));
    }

    private Mono<Award> current(long id) {
        return awards.lockedById(id).switchIfEmpty(Problem.notFound("award", id));
    }
}
