package kinoteka.gateway.transport.http3;

import io.netty.handler.codec.quic.QuicChannel;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.tls.TlsSettings;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import kinoteka.gateway.transport.http3.connection.ConnectionDeadline;
import kinoteka.gateway.transport.http3.connection.GoAwayHandler;
import kinoteka.gateway.transport.http3.connection.IdleConnectionTimeout;
import kinoteka.gateway.transport.http3.stream.RequestStreams;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.stereotype.Component;

/** Adds the handlers of a QUIC connection and of its streams to those of Netty. */
@Component
@ConditionalOnProperty("kinoteka.gateway.http3.enabled")
class Http3Pipeline {

    private final TlsSettings tls;
    private final Http3Limits limits;
    private final Live<RequestSettings> requests;
    private final Live<ConnectionSettings> settings;
    private final Connections connections;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private final DateHeader date;

    Http3Pipeline(
            TlsSettings tls,
            Http3Limits limits,
            Live<RequestSettings> requests,
            Live<ConnectionSettings> settings,
            Connections connections,
            TransportProblems problems,
            TransportErrors errors,
            DateHeader date) {
        if (tls.certificate() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "kinoteka.gateway.http3.enabled",
                    true,
                    "There is no HTTP/3 without kinoteka.gateway.tls.certificate.");
        }
        this.tls = tls;
        this.limits = limits;
        this.requests = requests;
        this.settings = settings;
        this.connections = connections;
        this.problems = problems;
        this.errors = errors;
        this.date = date;
    }

    /** Adds the handlers behind the codec of HTTP/3, which must be there. Returns false if the connection must be closed, as a limit is reached. */
    boolean addTo(QuicChannel connection) {
        if (!connections.admit(connection, connection.remoteSocketAddress())) {
            return false;
        }
        connection
                .pipeline()
                .addLast(new ConnectionDeadline(
                        tls.handshakeTimeout(), requests.get().headerDeadline(), errors))
                .addLast(new IdleConnectionTimeout(limits.idleTimeout()))
                .addLast(new RequestStreams(
                        requests.get().headerDeadline(), limits.headers(), settings.get(), problems, errors, date))
                .addLast(new GoAwayHandler(connections))
                .addLast(errors);
        return true;
    }
}
