package kinoteka.gateway.cache;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.lookup.CacheLookup;
import kinoteka.gateway.cache.lookup.CacheStatus;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.cache.store.VaryNames;
import kinoteka.gateway.request.Ending;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.routing.HostHeader;
import kinoteka.gateway.streaming.LongBodies;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.trace.TraceSampler;
import kinoteka.gateway.transport.http1.DirectResponder;
import org.jspecify.annotations.Nullable;

/**
 * Sends stored responses without an exchange, in the usual case: a GET without credentials and conditions, of a response that is short,
 * stored and fresh. All other requests are left to the {@link CacheFilter}. The response, the metrics and the log are the same.
 */
final class DirectHits implements DirectResponder {

    private final List<DirectStage> stages;
    private final Versions versions;
    private final CacheLookup lookup;
    private final VaryNames vary;
    private final CacheMetrics metrics;
    private final RequestRecords records;
    private final TraceSampler sampler;

    DirectHits(
            List<PublicFilter> filters,
            Versions versions,
            CacheLookup lookup,
            VaryNames vary,
            CacheMetrics metrics,
            RequestRecords records,
            TraceSampler sampler) {
        this.stages = filters.stream()
                .map(PublicFilter::direct)
                .filter(stage -> stage != DirectStage.UNAFFECTED)
                .toList();
        this.versions = versions;
        this.lookup = lookup;
        this.vary = vary;
        this.metrics = metrics;
        this.records = records;
        this.sampler = sampler;
    }

    @Override
    public @Nullable Response respond(HttpRequest request, Channel channel, boolean isSecure) {
        var target = request.uri();
        var headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)
                || !target.startsWith("/")
                || !versions.isCaughtUp()
                || headers.contains(HttpHeaderNames.IF_NONE_MATCH)
                || CacheRequest.hasCredentials(headers)
                || CacheRequest.hasForeignConditions(headers)) {
            return null;
        }
        var endpoint = Endpoint.find(target);
        if (endpoint == null || !Dependencies.of(endpoint).isCacheable()) {
            return null;
        }
        var found = lookup.find(CacheRequest.of(endpoint, HttpMethod.GET, target, headers, vary));
        return found.response() == null
                        || found.hit() == null
                        || LongBodies.isLong(found.response().body().length)
                ? null
                : respond(request, channel, isSecure, endpoint, found.response(), found.hit());
    }

    private @Nullable Response respond(
            HttpRequest request,
            Channel channel,
            boolean isSecure,
            Endpoint endpoint,
            StoredResponse stored,
            CacheStatus status) {
        var origin = RequestOrigin.of(request.protocolVersion().text(), channel);
        if (origin.address() == null) {
            return null; // the connection is already closed
        }
        var body = stored.body();
        var message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(stored.status()), Unpooled.wrappedBuffer(body));
        var host = HostHeader.name(request.headers().get(HttpHeaderNames.HOST));
        var exchange = new DirectExchange(
                request, host, origin.address(), isSecure, endpoint, stored.status(), message.headers(), body.length);
        if (!isAdmitted(exchange)) {
            return null;
        }
        CacheHeaders.addStored(stored.headers(), status, stored.age(lookup.now()), message.headers());
        if (!isProcessed(exchange)) {
            return null;
        }
        var record = records.begin(
                host,
                request.method().name(),
                origin,
                sampler.decide(Trace.from(request.headers().getAll(Trace.TRACEPARENT))),
                0);
        metrics.count(endpoint, record.call(), status);
        record.sent(body.length);
        return new Response(message, onSent(record, endpoint, stored.status()));
    }

    private boolean isAdmitted(DirectExchange exchange) {
        for (var stage : stages) {
            if (!stage.admits(exchange)) {
                return false;
            }
        }
        return true;
    }

    private boolean isProcessed(DirectExchange exchange) {
        for (var stage : stages) {
            if (!stage.process(exchange)) {
                return false;
            }
        }
        return true;
    }

    private static ChannelFutureListener onSent(RequestRecord record, Endpoint endpoint, int status) {
        return sent -> record.end(endpoint, sent.isSuccess() ? Ending.COMPLETED : Ending.CLIENT_DISCONNECTED, status);
    }
}
