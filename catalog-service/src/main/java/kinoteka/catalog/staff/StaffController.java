package kinoteka.catalog.staff;

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
@PublicReads
@RequestMapping(
        path = "/api/movie/{id}/staff",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class StaffController {

    private final Staff staff;
    private final ReplicaDatabase replica;
    private final Editing editing;

    StaffController(Staff staff, ReplicaDatabase replica, Editing editing) {
        this.staff = staff;
        this.replica = replica;
        this.editing = editing;
    }

    /** Who made a film, in the order they are named. */
    @GetMapping
    Flux<StaffMember> list(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return Staff.AS_NAMED.read(replica, page, Staff.ofMovieOnly(id), Parent.movie(id), exchange);
    }

    /** One of who made a film. */
    @GetMapping("/{memberId}")
    Mono<StaffMember> byId(@PathVariable @Positive long id, @PathVariable @Positive long memberId) {
        return staff.byId(id, memberId).switchIfEmpty(Problem.notFound("staff member", memberId));
    }

    /** Names somebody who made a film. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<StaffMember>> add(
            Editor editor, @PathVariable @Positive long id, @Valid @RequestBody NewStaffMember member) {
        return editing.make(
                Parent.movie(id),
                staff.add(id, member).flatMap(added -> staff.byId(id, added)),
                added -> "/api/movie/" + id + "/staff/" + added.id());
    }

    /** Names somebody no longer. */
    @DeleteMapping("/{memberId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long memberId,
            @RequestHeader HttpHeaders request) {
        return editing.change(
                request,
                staff.lockedById(id, memberId).switchIfEmpty(Problem.notFound("staff member", memberId)),
                current -> staff.remove(memberId));
    }
}
