package kinoteka.gateway.connections;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import kinoteka.gateway.connections.ConnectionLimits.Admission;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The open connections of all public ports. Thread-safe. */
@Component
public class Connections {

    private final ConnectionLimits limits;
    private final Counter rejected;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean draining;

    Connections(Live<ConnectionSettings> settings, PrometheusRegistry registry) {
        limits = new ConnectionLimits(settings);
        GaugeWithCallback.builder()
                .name("client_connections")
                .help("Open connections of clients.")
                .callback(gauge -> gauge.call(limits.total()))
                .register(registry);
        rejected = Counter.builder()
                .name("client_connections_rejected_total")
                .help("Connections that were closed at once because a limit on connections was reached.")
                .labelNames("limit")
                .register(registry);
        rejected.initLabelValues("client");
        rejected.initLabelValues("total");
    }

    /** Counts a connection until it is closed. Returns false if a limit is reached; the connection must then be closed. */
    public boolean admit(Channel connection) {
        return admit(connection, connection.remoteAddress());
    }

    /**
     * Counts a connection whose channel does not have the address of its client, as those of QUIC.
     *
     * @param client null if the client has already closed it
     */
    public boolean admit(Channel connection, @Nullable SocketAddress client) {
        if (!(client instanceof InetSocketAddress remote)) {
            return false; // the client has already closed it
        }
        var address = remote.getAddress();
        var admission = limits.acquire(address);
        if (admission != Admission.ADMITTED) {
            rejected.labelValues(admission == Admission.CLIENT_LIMIT_REACHED ? "client" : "total")
                    .inc();
            return false;
        }
        connection.closeFuture().addListener(closed -> limits.release(address));
        open.add(connection);
        return true;
    }

    /**
     * Whether clients should use other connections from now on: the response to the last request that was received on a
     * connection closes it.
     */
    public boolean isDraining() {
        return draining;
    }

    /** Begins or, if the gateway becomes ready again, ends draining. */
    public void setDraining(boolean draining) {
        this.draining = draining;
        if (draining) {
            notifyAll(ShutdownEvent.DRAIN);
        }
    }

    /** Closes the connections that have no open request; the others are closed after their responses. */
    public void closeIdle() {
        notifyAll(ShutdownEvent.CLOSE);
    }

    private void notifyAll(ShutdownEvent event) {
        open.forEach(connection ->
                connection.eventLoop().execute(() -> connection.pipeline().fireUserEventTriggered(event)));
    }
}
