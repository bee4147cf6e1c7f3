package kinoteka.catalog.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
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
    private final ReplicaDatabase replica;

    CustomerController(Customers customers, ReplicaDatabase replica) {
        this.customers = customers;
        this.replica = replica;
    }

    @GetMapping
    Flux<Customer> list(@Valid Page page, ServerWebExchange exchange) {
        return Customers.BY_USERNAME.read(replica, page, exchange);
    }

    @GetMapping("/{id}")
    Mono<Customer> byId(@PathVariable @Positive long id) {
        return customers
                .byId(id)
                .switchIfEmpty(Mono.error(() -> Problem.RESOURCE_UNKNOWN.because("There is no customer " + id + ".")));
    }
}
