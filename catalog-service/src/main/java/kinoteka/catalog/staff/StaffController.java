package kinoteka.catalog.staff;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.problem.Unknown;
import kinoteka.catalog.representation.Representations;
import kinoteka.catalog.security.Editor;
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

/** A film's staff over HTTP. */
@RestController
@RequestMapping(
        path = "/api/movie/{id}/staff",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class StaffController {

    private final Staff staff;
    private final PrimaryDatabase primary;
    private final ReplicaDatabase replica;
    private final Representations representations;

    StaffController(Staff staff, PrimaryDatabase primary, ReplicaDatabase replica, Representations representations) {
        this.staff = staff;
        this.primary = primary;
        this.replica = replica;
        this.representations = representations;
    }

    /** Who made a film, in the order they are named. */
    @GetMapping
    Flux<StaffMember> list(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return Staff.AS_NAMED.read(replica, page, Staff.ofMovieOnly(id), Parent.movie(id), exchange);
    }

    /** One of who made a film. */
    @GetMapping("/{memberId}")
    Mono<StaffMember> byId(@PathVariable @Positive long id, @PathVariable @Positive long memberId) {
        return staff.byId(id, memberId).switchIfEmpty(Unknown.thing("staff member", memberId));
    }

    /** Names somebody who made a film. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<StaffMember>> add(
            Editor editor, @PathVariable @Positive long id, @Valid @RequestBody NewStaffMember member) {
        return Parent.movie(id)
                .requireExists(primary)
                .then(staff.add(id, member))
                .flatMap(added -> staff.byId(id, added))
                .as(primary.transaction()::transactional)
                .map(added -> ResponseEntity.created(URI.create("/api/movie/" + id + "/staff/" + added.id()))
                        .body(added));
    }

    /** Names somebody no longer. */
    @DeleteMapping("/{memberId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long memberId,
            @RequestHeader HttpHeaders request) {
        return staff.lockedById(id, memberId)
                .switchIfEmpty(Unknown.thing("staff member", memberId))
                .doOnNext(current -> representations.requireMatch(request, current))
                .flatMap(current -> staff.remove(memberId))
                .as(primary.transaction()::transactional);
    }
}
