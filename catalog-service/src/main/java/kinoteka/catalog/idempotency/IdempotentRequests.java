package kinoteka.catalog.idempotency;

import static java.util.Objects.requireNonNull;

import kinoteka.catalog.editing.WriteTransactions;
import kinoteka.catalog.security.Member;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes a request with an {@code Idempotency-Key} once, however often the client sends it
 * (draft-ietf-httpapi-idempotency-key-header). The response is stored in the transaction that does the work, as status, headers and
 * bytes, and for a day every retry gets exactly this response, also from a later release of this service and whatever its
 * {@code Accept} says. An error is not stored: after it the key is as good as new.
 *
 * <p>Of two requests with one key at the same time the second waits for the first. If the first one fails, the second does the work.
 */
@Component
public class IdempotentRequests {

    private final IdempotencyKeys keys;
    private final Fingerprints fingerprints;
    private final WriteTransactions transactions;
    private final ResponseEntityResultHandler responses;

    IdempotentRequests(
            IdempotencyKeys keys,
            JsonMapper json,
            WriteTransactions transactions,
            ResponseEntityResultHandler responses) {
        this.keys = keys;
        this.fingerprints = new Fingerprints(json);
        this.transactions = transactions;
        this.responses = responses;
    }

    /**
     * Executes the work in a transaction, unless the response to an earlier request with this key is stored.
     *
     * @param key null where the client has sent none
     * @param caller the owner of the key
     * @param body identifies the request together with its method and path: another request with the same key is rejected
     * @return the response of the work where there is no key; empty where there is one, because then the response is already sent
     */
    public <T extends Record> Mono<ResponseEntity<T>> execute(
            @Nullable String key,
            Member caller,
            Record body,
            ServerWebExchange exchange,
            Mono<ResponseEntity<T>> work) {
        if (key == null) {
            return transactions.execute(work);
        }
        var owned = new IdempotencyKeys.Owned(caller.subject(), key);
        var fingerprint = fingerprints.of(exchange.getRequest(), body);
        var first = work.flatMap(response -> record(response, exchange))
                .delayUntil(response -> keys.add(owned, fingerprint, response));
        return transactions
                .execute(keys.lock(owned)
                        .then(Mono.defer(() -> keys.find(owned, fingerprint)))
                        .switchIfEmpty(first))
                .flatMap(response -> response.sendTo(exchange.getResponse()))
                .then(Mono.empty());
    }

    /** Writes the response as it would be written without a key, but into memory. */
    private Mono<StoredResponse> record(ResponseEntity<?> response, ServerWebExchange exchange) {
        HandlerMethod handler = requireNonNull(exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE));
        var recorder = new ResponseRecorder();
        return responses
                .handleResult(
                        exchange.mutate().response(recorder).build(),
                        new HandlerResult(handler, Mono.just(response), handler.getReturnType()))
                .then(Mono.fromSupplier(recorder::recorded));
    }
}
