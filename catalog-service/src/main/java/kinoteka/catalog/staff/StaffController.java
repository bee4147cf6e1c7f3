package kinoteka.catalog.staff;

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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The staff of a film over HTTP. */
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

    /** Lists the staff of a film, oldest first. */
    @GetMapping
    Flux<StaffMember> list(@PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        return Staff.OLDEST_FIRST.read(replica, page, Staff.byMovie(id), Parent.movie(id), exchange);
    }

    /** Returns a staff member of a film. */
    @GetMapping("/{memberId}")
    Mono<StaffMember> get(@PathVariable @Positive long id, @PathVariable @Positive long memberId) {
        return staff.findById(id, memberId).switchIfEmpty(Problem.notFound("staff member", memberId));
    }

    /** Adds a staff member to a film. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<StaffMember>> create(
            Editor editor, @PathVariable @Positive long id, @Valid @RequestBody NewStaffMember member) {
        return editing.create(
                Parent.movie(id), staff.create(id, member), created -> "/api/movie/" + id + "/staff/" + created.id());
    }

    /** Removes a staff member from a film. */
    @DeleteMapping("/{memberId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            Editor editor,
            @PathVariable @Positive long id,
            @PathVariable @Positive long memberId,
            @RequestHeader HttpHeaders request) {
        var target = new Target<>("staff member", Staff.TABLE, memberId, staff.findById(id, memberId));
        return editing.delete(request, target, staff.delete(memberId));
    }
}
