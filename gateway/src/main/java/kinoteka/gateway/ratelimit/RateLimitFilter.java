package kinoteka.gateway.ratelimit;

import java.util.function.Function;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.connections.ClientKey;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemResponse;
import kinoteka.gateway.ratelimit.bucket.Claim;
import kinoteka.gateway.ratelimit.bucket.Decision;
import kinoteka.gateway.ratelimit.bucket.Group;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.redis.SharedLimiter;
import kinoteka.gateway.ratelimit.subject.Subjects;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Rejects the requests of a client that exceeds a limit. */
final class RateLimitFilter implements PublicFilter {

    private final LocalLimiter local;
    private final @Nullable SharedLimiter shared;
    private final Subjects subjects;
    private final RateLimitMetrics metrics;
    private volatile RateLimitFields fields;

    RateLimitFilter(
            LocalLimiter local,
            @Nullable SharedLimiter shared,
            Subjects subjects,
            Live<RateLimitSettings> settings,
            RateLimitMetrics metrics) {
        this.local = local;
        this.shared = shared;
        this.subjects = subjects;
        this.metrics = metrics;
        this.fields = new RateLimitFields(settings.get().limits());
        settings.onChange(changed -> fields = new RateLimitFields(changed.limits()));
    }

    @Override
    public Stage stage() {
        return Stage.RATE_LIMIT;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                return shared == null;
            }

            @Override
            public boolean process(DirectExchange exchange) {
                var claim =
                        new Claim(Group.of(exchange.endpoint(), HttpMethod.GET), ClientKey.of(exchange.client()), null);
                if (!(local.take(claim) instanceof Decision.Allowed allowed)) {
                    return false; // the filter rejects it
                }
                fields.allowed(exchange.response()::set, claim.group(), allowed);
                return true;
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var endpoint = Endpoint.of(exchange);
        var client = exchange.getRequest().getRemoteAddress();
        if (endpoint == Endpoint.PING || client == null) { // without an address, the connection is already closed
            return chain.filter(exchange);
        }
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var claim = new Claim(
                Group.of(endpoint, exchange.getRequest().getMethod()),
                ClientKey.of(client.getAddress()),
                subjects.find(received.requestHeaders()));
        if (shared == null) {
            return proceed(local.take(claim), claim, exchange, chain);
        }
        var eventLoop = ((Connection) received).channel().eventLoop();
        return Mono.fromFuture(() -> shared.take(claim).thenApplyAsync(Function.identity(), eventLoop))
                .flatMap(decision -> proceed(decision, claim, exchange, chain));
    }

    private Mono<Void> proceed(Decision decision, Claim claim, ServerWebExchange exchange, WebFilterChain chain) {
        return switch (decision) {
            case Decision.Allowed allowed -> {
                fields.allowed(exchange.getResponse().getHeaders()::set, claim.group(), allowed);
                yield chain.filter(exchange);
            }
            case Decision.Rejected rejected -> reject(rejected, exchange);
            case Decision.Unavailable unavailable ->
                ProblemResponse.write(
                        exchange,
                        Problem.RATE_LIMIT_UNAVAILABLE,
                        "The gateway cannot count requests; try again in a moment.");
        };
    }

    private Mono<Void> reject(Decision.Rejected rejected, ServerWebExchange exchange) {
        var seconds = Math.max(1, Math.ceilDiv(rejected.nanos(), 1_000_000_000L));
        metrics.recordRejection(rejected.key());
        fields.rejected(exchange.getResponse().getHeaders(), rejected.key().group(), seconds);
        return ProblemResponse.write(exchange, Problem.RATE_LIMITED, detail(rejected, seconds));
    }

    private static String detail(Decision.Rejected rejected, long seconds) {
        var whose =
                switch (rejected.key().scope()) {
                    case ADDRESS -> "from this address";
                    case SUBJECT -> "with tokens of this subject";
                    case OVERFLOW -> "from too many addresses";
                };
        return "Too many requests of the group " + rejected.key().group().label() + " arrive " + whose
                + ". The next one may be sent in " + seconds + " s.";
    }
}
