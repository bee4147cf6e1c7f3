package kinoteka.catalog.customer;

import static java.util.Objects.requireNonNull;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.body.Patch;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.editing.Editing;
import kinoteka.catalog.editing.Target;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.password.Passwords;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.security.Caller;
import kinoteka.catalog.security.Member;
import kinoteka.catalog.security.Public;
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
    private final PasswordChanges passwordChanges;
    private final ReplicaDatabase replica;
    private final Editing editing;

    CustomerController(
            Customers customers,
            Passwords passwords,
            PasswordChanges passwordChanges,
            ReplicaDatabase replica,
            Editing editing) {
        this.customers = customers;
        this.passwords = passwords;
        this.passwordChanges = passwordChanges;
        this.replica = replica;
        this.editing = editing;
    }

    /** Lists the public profiles of customers, by username. */
    @Public
    @GetMapping
    Flux<Customer> list(@Valid Page page, ServerWebExchange exchange) {
        return Customers.BY_USERNAME.read(replica, page, exchange);
    }

    /** Returns a customer's public profile. That customer and administrators get the complete account. */
    @GetMapping("/{id}")
    Mono<ResponseEntity<Account>> get(Caller caller, @PathVariable @Positive long id) {
        var response = ResponseEntity.ok().varyBy(HttpHeaders.AUTHORIZATION);
        return customers
                .byId(id)
                .map(account -> caller.mayActFor(id)
                        ? response.cacheControl(CacheControl.noCache().cachePrivate())
                                .body(account)
                        : response.body(account.profile()))
                .switchIfEmpty(Problem.notFound("customer", id));
    }

    /** Registers a customer. Needs no token. */
    @Public
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Account>> create(Client client, @Valid @RequestBody NewCustomer customer) {
        return passwords
                .hash(customer.password(), client)
                .flatMap(hash ->
                        editing.create(customers.create(customer, hash), created -> "/api/customer/" + created.id()));
    }

    /**
     * Partially updates an account. Only its customer and administrators can do this. A new password needs the current one, unless an
     * administrator sets it.
     */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, Patch.MEDIA_TYPE})
    Mono<Account> update(
            Member member,
            Client client,
            @PathVariable @Positive long id,
            @RequestBody Patch<AccountEdit> patch,
            @RequestHeader HttpHeaders request) {
        member.requireCustomer(id);
        return preparePassword(member, client, id, patch)
                .flatMap(password -> editing.update(request, target(id), patch, edit -> customers
                        .update(id, edit, password)
                        .switchIfEmpty(Mono.error(PasswordChanges::wrong))));
    }

    /**
     * Closes an account. Only its customer and administrators can do this. The personal data is erased; the username, and everything that
     * the customer has published, stay.
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> close(Member member, @PathVariable @Positive long id, @RequestHeader HttpHeaders request) {
        member.requireCustomer(id);
        return editing.delete(request, target(id), customers.close(id));
    }

    /** Rejects invalid fields before it hashes anything. The update checks them again, in its transaction. */
    private Mono<PasswordChange> preparePassword(Member member, Client client, long id, Patch<AccountEdit> patch) {
        return patch.changes().hasNonNull("password")
                ? customers
                        .byId(id)
                        .switchIfEmpty(Problem.notFound("customer", id))
                        .flatMap(account -> passwordChanges.prepare(
                                member, client, id, editing.apply(patch, requireNonNull(account.editableFields()))))
                : Mono.just(PasswordChange.NONE);
    }

    private Target<Account> target(long id) {
        return new Target<>("customer", "customers", id, customers.byId(id));
    }
}
