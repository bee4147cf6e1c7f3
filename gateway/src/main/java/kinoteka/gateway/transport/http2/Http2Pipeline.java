package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelPipeline;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import kinoteka.gateway.transport.WriteTimeout;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Adds the handlers of an HTTP/2 connection to those of Netty, which must be there. */
@Component
public class Http2Pipeline {

    private final Live<RequestSettings> requests;
    private final Live<ConnectionSettings> settings;
    private final Connections connections;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private final DateHeader date;

    Http2Pipeline(
            Live<RequestSettings> requests,
            Live<ConnectionSettings> settings,
            Connections connections,
            TransportProblems problems,
            TransportErrors errors,
            DateHeader date) {
        this.requests = requests;
        this.settings = settings;
        this.connections = connections;
        this.problems = problems;
        this.errors = errors;
        this.date = date;
    }

    /** Adds the handlers between the codec, which decodes frames, and the multiplexer, which passes them to their streams. */
    public void addTo(ChannelPipeline pipeline) {
        var multiplexer = NettyPipeline.H2MultiplexHandler;
        pipeline.addBefore(multiplexer, null, new PrefaceTimeout(requests.get().headerDeadline(), errors));
        pipeline.addBefore(multiplexer, null, new WriteTimeout(settings.get().writeTimeout(), errors));
        pipeline.addBefore(
                multiplexer, null, new StreamWriteTimeout(settings.get().writeTimeout(), errors));
        pipeline.addBefore(multiplexer, null, new RequestValidator(problems, errors));
        pipeline.addBefore(
                multiplexer, null, new ResponseHandler(date, settings.get().lingerTimeout()));
        pipeline.addBefore(multiplexer, null, new StreamErrorHandler(errors));
        pipeline.addBefore(multiplexer, null, new GoAwayHandler(connections));
        pipeline.addLast(errors);
    }
}
