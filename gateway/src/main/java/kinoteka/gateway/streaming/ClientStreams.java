package kinoteka.gateway.streaming;

import java.net.InetSocketAddress;
import kinoteka.gateway.connections.ClientCounts;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemException;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Limits the streams that one client may have in progress. They hold connections of the pool for streams as long as their client
 * likes, and one client must not take all of them.
 */
@Component
public class ClientStreams {

    private final Live<ConnectionSettings> settings;
    private final ClientCounts counts = new ClientCounts();

    ClientStreams(Live<ConnectionSettings> settings) {
        this.settings = settings;
    }

    /**
     * Returns the stream with its client's limit: fails with {@link Problem#TOO_MANY_STREAMS} in place of one stream too many.
     *
     * @param client null if the connection is closed already; then there is nothing to hold
     */
    public Mono<Void> limit(@Nullable InetSocketAddress client, Mono<Void> stream) {
        var limits = settings.get();
        if (client == null || limits.isUnlimited(client.getAddress())) {
            return stream;
        }
        return Mono.defer(() -> counts.acquire(client.getAddress(), limits.clientStreams())
                ? stream.doFinally(end -> counts.release(client.getAddress()))
                : Mono.error(new ProblemException(
                        Problem.TOO_MANY_STREAMS,
                        "One client may have " + limits.clientStreams()
                                + " lists, streams and long request bodies in progress.")));
    }
}
