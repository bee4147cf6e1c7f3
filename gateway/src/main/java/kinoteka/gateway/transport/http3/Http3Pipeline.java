package kinoteka.gateway.transport.http3;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.tls.TlsSettings;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Adds the handlers of a QUIC connection and of its streams to those of Netty. */
@Component
@ConditionalOnProperty("kinoteka.gateway.http3.enabled")
class Http3Pipeline {

    private final TlsSettings tls;
    private final RequestSettings requests;
    private final ConnectionSettings settings;
    private final Connections connections;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private final DateHeader date;

    Http3Pipeline(
            TlsSettings tls,
            RequestSettings requests,
            ConnectionSettings settings,
            Connections connections,
            TransportProblems problems,
            TransportErrors errors,
            DateHeader date) {
        this.tls = tls;
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
                .addLast(new ConnectionDeadline(tls.handshakeTimeout(), requests.headerDeadline(), errors))
                .addLast(new RequestStreams(this::addTo, errors))
                .addLast(new GoAwayHandler(connections))
                .addLast(errors);
        return true;
    }

    private ResponseHandler addTo(QuicStreamChannel stream) {
        var response = new ResponseHandler(date, settings, errors);
        stream.pipeline().addLast(new ChannelInitializer<>() { // behind that of Reactor Netty, which adds the codec
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addBefore(NettyPipeline.H3ToHttp11Codec, null, new StreamErrorHandler(problems, errors))
                        .addAfter(NettyPipeline.H3ToHttp11Codec, null, response)
                        .addAfter(
                                NettyPipeline.H3ToHttp11Codec,
                                null,
                                new RequestHandler(requests.headerDeadline(), problems, errors));
            }
        });
        return response;
    }
}
