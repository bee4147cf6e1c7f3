package kinoteka.catalog.password;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Executes expensive computations on a few threads of their own, so that they occupy neither event loops nor all cores. The
 * number of requests is limited, in all, for each client, and for all clients without a token together. A request over a shared
 * limit fails at once with {@link Problem#OVERLOADED}, as does one that has waited too long; a request over the limit of its
 * client fails with {@link Problem#TOO_MANY_REQUESTS}. A request that is cancelled while it waits is never computed.
 *
 * <p>Thread-safe.
 */
final class HashingQueue {

    private final PasswordSettings settings;
    private final Scheduler threads;
    private final Map<Client, Integer> requests = new HashMap<>(); // guarded by this
    private int total; // guarded by this
    private int anonymous; // guarded by this

    HashingQueue(PasswordSettings settings) {
        this.settings = settings;
        this.threads = Schedulers.newBoundedElastic(settings.maxConcurrent(), settings.maxRequests(), "passwords");
    }

    /** Completes with the result on one of the threads. */
    <T> Mono<T> execute(Client client, Callable<T> computation) {
        return Mono.defer(() -> {
            enter(client);
            return compute(computation).doFinally(signal -> leave(client));
        });
    }

    private <T> Mono<T> compute(Callable<T> computation) {
        return Mono.fromCallable(computation)
                .subscribeOn(threads)
                .timeout(settings.timeout(), Mono.error(HashingQueue::overloaded));
    }

    private static ProblemException overloaded() {
        return Problem.OVERLOADED.exception("Too many passwords are being processed at the moment.");
    }

    /** Requests that wait or are in progress. */
    synchronized int size() {
        return total;
    }

    void dispose() {
        threads.dispose();
    }

    private synchronized void enter(Client client) {
        var ofClient = requests.getOrDefault(client, 0);
        if (ofClient >= settings.maxPerClient()) {
            throw Problem.TOO_MANY_REQUESTS.exception("Too many passwords of this client are being processed.");
        }
        if (total >= settings.maxRequests() || (isAnonymous(client) && anonymous >= settings.maxAnonymousRequests())) {
            throw overloaded();
        }
        requests.put(client, ofClient + 1);
        total++;
        anonymous += isAnonymous(client) ? 1 : 0;
    }

    private synchronized void leave(Client client) {
        requests.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
        total--;
        anonymous -= isAnonymous(client) ? 1 : 0;
    }

    private static boolean isAnonymous(Client client) {
        return client.kind() == Client.Kind.ANONYMOUS;
    }
}
