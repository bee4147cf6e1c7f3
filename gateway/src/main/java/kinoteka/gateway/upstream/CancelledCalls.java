package kinoteka.gateway.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/**
 * Cancels the calls of clients that disconnect, each on the event loop of its connection to the upstream. Reactor Netty closes
 * the connection of a cancelled call; from another thread, the response could end meanwhile, and the connection be serving
 * another request by the time it is closed. Reactor Netty closes nothing when the headers have just arrived and the body has no
 * subscriber yet, so that the connection is also closed here.
 */
public final class CancelledCalls {

    private static final Object CONNECTION = CancelledCalls.class;

    private CancelledCalls() {}

    /** A client that tells each call its connection. */
    static HttpClient observe(HttpClient client) {
        return client.doOnRequest((request, connection) -> request.currentContextView()
                .<AtomicReference<@Nullable Connection>>getOrEmpty(CONNECTION)
                .ifPresent(call -> call.set(connection)));
    }

    /** The same call by such a client. A call that has no connection yet is cancelled at once. */
    static Mono<Void> cancelOnEventLoop(Mono<Void> call) {
        return Mono.defer(() -> {
            var connection = new AtomicReference<@Nullable Connection>();
            return call.contextWrite(context -> context.put(CONNECTION, connection))
                    .cancelOn(Schedulers.fromExecutor(cancellation -> {
                        var connected = connection.get();
                        if (connected == null) {
                            cancellation.run();
                        } else {
                            onEventLoop(connected, () -> {
                                cancellation.run();
                                connected.dispose();
                            });
                        }
                    }));
        });
    }

    /** Closes the connection unless the response that it was made for has ended. */
    public static void close(Connection connection) {
        onEventLoop(connection, connection::dispose);
    }

    private static void onEventLoop(Connection connection, Runnable task) {
        var channel = connection.channel();
        if (channel.isRegistered()) { // Reactor Netty replaces the channel of a response that has ended
            channel.eventLoop().execute(task);
        } else {
            task.run();
        }
    }
}
