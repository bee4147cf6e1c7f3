package kinoteka.gateway.transport.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.transport.DateHeader;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportProblems;
import kinoteka.gateway.transport.WriteTimeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Adds the handlers of an HTTP/1.1 connection to those of Reactor Netty. */
@Component
public class Http1Pipeline {

    private final Live<RequestSettings> requests;
    private final Live<ConnectionSettings> settings;
    private final Connections connections;
    private final TransportProblems problems;
    private final TransportErrors errors;
    private final DateHeader date;
    private final @Nullable DirectResponder responder;

    Http1Pipeline(
            Live<RequestSettings> requests,
            Live<ConnectionSettings> settings,
            Connections connections,
            TransportProblems problems,
            TransportErrors errors,
            DateHeader date,
            ObjectProvider<DirectResponder> responder) {
        this.requests = requests;
        this.settings = settings;
        this.connections = connections;
        this.problems = problems;
        this.errors = errors;
        this.date = date;
        this.responder = responder.getIfAvailable();
    }

    /** Adds the handlers around the codec, which must be there. */
    public void addTo(ChannelPipeline pipeline) {
        var codec = pipeline.context(HttpServerCodec.class).name();
        var progress = new RequestProgress();
        pipeline.addBefore(
                codec, null, new HeaderDeadline(requests.get().headerDeadline(), progress, problems, errors));
        pipeline.addBefore(codec, null, new WriteTimeout(settings.get().writeTimeout(), errors));
        pipeline.addAfter(codec, null, new DecodeFailureHandler(progress, problems));
        pipeline.addAfter(codec, null, new ResponseHandler(progress, connections, settings, date));
        pipeline.addAfter(codec, null, progress);
        if (responder != null) { // behind the handler of the idle timeout, wherever that is
            var isSecure = pipeline.get(SslHandler.class) != null;
            var handler = new DirectResponseHandler(progress, responder, isSecure, errors);
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, null, handler);
        }
    }

    /** Removes the handlers, because the client has begun HTTP/2. */
    public void removeFrom(ChannelPipeline pipeline) {
        pipeline.remove(HeaderDeadline.class);
        pipeline.remove(WriteTimeout.class);
        pipeline.remove(RequestProgress.class);
        pipeline.remove(ResponseHandler.class);
        pipeline.remove(DecodeFailureHandler.class);
        if (responder != null) {
            pipeline.remove(DirectResponseHandler.class);
        }
    }

    /** Whether the request that now becomes an exchange on this channel has a body that cannot be decoded. */
    public boolean hasMalformedBody(Channel channel) {
        return DecodeFailureHandler.hasMalformedBody(channel);
    }
}
