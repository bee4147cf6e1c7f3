package kinoteka.catalog.award;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
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

    /** Lists awards, newest first. */
    @GetMapping("/api/award")
    Flux<Award> list(@Valid Page page, @Valid AwardFilter filter, ServerWebExchange exchange) {
        return Awards.NEWEST_FIRST.read(replica, page, filter.conditions(), exchange);
    }

    /** Lists the awards of a film, newest first. */
    @GetMapping("/api/movie/{id}/awards")
    Flux<Award> listByMovie(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        var filter = new AwardFilter(id, null).conditions();
        return Awards.NEWEST_FIRST.read(replica, page, filter, Parent.movie(id), exchange);
    }

    /** Returns an award. */
    @GetMapping("/api/award/{id}")
    Mono<Award> get(@PathVariable @Positive long id) {
        return awards.findById(id).switchIfEmpty(Problem.notFound("award", id));
    }

    /** Creates an award. */
    @PostMapping(path = "/api/award", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Award>> create(Editor editor, @Valid @RequestBody AwardEdit award) {
        return editing.create(awards.create(award), created -> "/api/award/" + created.id());
    }

    /** Replaces an award. */
    @PutMapping(path = "/api/award/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Award> replace(
            Editor editor,
            @PathVariable @Positive long id,
            @Valid @RequestBody AwardEdit award,
            @RequestHeader HttpHeaders request) {
        return editing.replace(request, target(id), awards.update(id, award));
    }

    /** Deletes an award. */
    @DeleteMapping("/api/award/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Editor editor, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        return editing.delete(request, target(id), awards.delete(id));
    }

    private Target<Award> target(long id) {
        return new Target<>("award", Awards.TABLE, id, awards.findById(id));
    }
}
