package kinoteka.catalog.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.List;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.idempotency.IdempotencyKey;
import kinoteka.catalog.idempotency.IdempotentRequests;
import kinoteka.catalog.listing.Page;
import kinoteka.catalog.listing.Parent;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import kinoteka.catalog.security.Member;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders over HTTP. Only their customer and administrators have access to them. */
@RestController
@RequestMapping(
        path = "/api/customer/{id}/orders",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
class OrderController {

    private final Orders orders;
    private final IdempotentRequests idempotency;
    private final ReplicaDatabase replica;

    OrderController(Orders orders, IdempotentRequests idempotency, ReplicaDatabase replica) {
        this.orders = orders;
        this.idempotency = idempotency;
        this.replica = replica;
    }

    /** Lists the orders of a customer, newest first. Only that customer and administrators can do this. */
    @GetMapping
    Flux<Order> list(Member member, @PathVariable @Positive long id, @Valid Page page, ServerWebExchange exchange) {
        member.requireCustomer(id);
        return Orders.NEWEST_FIRST.read(replica, page, Orders.byCustomer(id), Parent.customer(id), exchange);
    }

    /** Returns an order of a customer. Only that customer and administrators can do this. */
    @GetMapping("/{orderId}")
    Mono<Order> get(Member member, @PathVariable @Positive long id, @PathVariable @Positive long orderId) {
        member.requireCustomer(id);
        return orders.findById(id, orderId).switchIfEmpty(Problem.notFound("order", orderId));
    }

    /**
     * Creates an order of a film, at the price of the cinema's offer. Only the customer and administrators can do this.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters, for example a UUID. A request that is sent again with the same key
     *     within a day is executed once, and gets the response of the first one
     */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Order>> create(
            Member member,
            @PathVariable @Positive long id,
            @Valid @RequestBody NewOrder order,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @IdempotencyKey @Nullable
                    String idempotencyKey,
            ServerWebExchange exchange) {
        member.requireCustomer(id);
        var created = orders.create(id, order)
                .switchIfEmpty(Mono.error(OrderController::notOffered))
                .map(one -> ResponseEntity.created(URI.create("/api/customer/" + id + "/orders/" + one.id()))
                        .body(one));
        return idempotency.execute(idempotencyKey, member, order, exchange, created);
    }

    private static ProblemException notOffered() {
        return Problem.REFERENCE_NOT_FOUND.exception(
                "The cinema does not offer the film.",
                List.of(new InvalidField("cinema_id", "expected: a cinema that offers the film")));
    }
}
