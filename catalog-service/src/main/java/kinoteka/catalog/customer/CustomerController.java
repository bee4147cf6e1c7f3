package kinoteka.catalog.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.security.Caller;
import kinoteka.catalog.security.Member;
import org.springframework.http.CacheControl;
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

/** Customers over HTTP. */
@RestController
@RequestMapping(
        path = "/api/customer",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class CustomerController {

    private final Customers customers;
    private final Passwords passwords;
    private final ReplicaDatabase replica;
    private final Editing editing;

    CustomerController(Customers customers, Passwords passwords, ReplicaDatabase replica, Editing editing) {
        this.customers = customers;
        this.passwords = passwords;
        this.replica = replica;
        this.editing = editing;
    }

    /** Public profiles, by username. */
    @GetMapping
    Flux<Customer> list(@Valid Page page, ServerWebExchange exchange) {
        return Customers.BY_USERNAME.read(replica, page, exchange);
    }

    /** A public profile, and all of the account for whose it is. */
    @GetMapping("/{id}")
    Mono<ResponseEntity<Account>> byId(Caller caller, @PathVariable @Positive long id) {
        var answer = ResponseEntity.ok().varyBy(HttpHeaders.AUTHORIZATION);
        var mayKnowAll = caller.mayActFor(id);
        return customers
                .byId(id)
                .map(account -> mayKnowAll
                        ? answer.cacheControl(CacheControl.noCache().cachePrivate())
                                .body(account)
                        : answer.body(account.profile()))
                .switchIfEmpty(Problem.notFound("customer", id));
    }

    /** Opens an account. Anybody may: who has no account has no token. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Account>> open(@Valid @RequestBody NewCustomer customer) {
        return passwords
                .hash(customer.password())
                .flatMap(hash ->
                        editing.create(customers.open(customer, hash), opened -> "/api/customer/" + opened.id()));
    }

    /** Changes an account in part. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Account> change(
            Member member,
            @PathVariable @Positive long id,
            @RequestBody Patch<AccountEdit> patch,
            @RequestHeader HttpHeaders request) {
        member.requireCustomer(id);
        return editing.update(
                request, target(id), patch, edit -> withHash(edit).flatMap(hashed -> customers.change(id, hashed)));
    }

    /** Closes an account. What its customer did and said stays. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> close(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        member.requireCustomer(id);
        return editing.delete(request, target(id), customers.close(id));
    }

    private Target<Account> target(long id) {
        return new Target<>("customer", "customers", id, customers.byId(id));
    }

    private Mono<AccountEdit> withHash(AccountEdit edit) {
        var password = edit.password();
        return password == null ? Mono.just(edit) : passwords.hash(password).map(edit::withPassword);
    }
}
