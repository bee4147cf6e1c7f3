package kinoteka.catalog.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.body.Patches;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Unknown;
import kinoteka.catalog.representation.Representations;
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
    private final PrimaryDatabase primary;
    private final ReplicaDatabase replica;
    private final Representations representations;
    private final Patches patches;

    CustomerController(
            Customers customers,
            Passwords passwords,
            PrimaryDatabase primary,
            ReplicaDatabase replica,
            Representations representations,
            Patches patches) {
        this.customers = customers;
        this.passwords = passwords;
        this.primary = primary;
        this.replica = replica;
        this.representations = representations;
        this.patches = patches;
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
                .switchIfEmpty(Unknown.thing("customer", id));
    }

    /** Opens an account. Anybody may: who has no account has no token. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Account>> open(@Valid @RequestBody NewCustomer customer) {
        return passwords
                .hash(customer.password())
                .flatMap(hash -> customers.open(customer, hash))
                .map(opened -> ResponseEntity.created(URI.create("/api/customer/" + opened.id()))
                        .body(opened));
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
        member.requireToBe(id);
        return current(id, request)
                .map(current -> patches.apply(patch, current.edit()))
                .flatMap(this::withHash)
                .flatMap(edit -> customers.change(id, edit))
                .as(primary.transaction()::transactional);
    }

    /** Closes an account. What its customer did and said stays. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> close(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        member.requireToBe(id);
        return current(id, request).flatMap(current -> customers.close(id)).as(primary.transaction()::transactional);
    }

    private Mono<Account> current(long id, HttpHeaders request) {
        return customers
                .lockedById(id)
                .switchIfEmpty(Unknown.thing("customer", id))
                .doOnNext(current -> representations.requireMatch(request, current));
    }

    private Mono<AccountEdit> withHash(AccountEdit edit) {
        var password = edit.password();
        return password == null ? Mono.just(edit) : passwords.hash(password).map(edit::withPassword);
    }
}
