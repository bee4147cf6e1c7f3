package kinoteka.gateway.request;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicReference;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.upstream.CallRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * The data of one request, for metrics and logs. A record ends exactly once, however often its end is reported, and is then passed to the {@link
 * RequestListener}s. Each counter is written by one thread only: the event loop of the client's connection, or that of the connection to
 * the catalogue.
 */
public final class RequestRecord {

    private static final String ATTRIBUTE = RequestRecord.class.getName();
    private static final AttributeKey<RequestRecord> ON_CHANNEL = AttributeKey.valueOf(ATTRIBUTE);

    private final RequestRecords records;
    private final String host;
    private final String method;
    private final RequestOrigin origin;
    private final Trace trace;
    private final long start;
    private final CallRecord call;
    private final AtomicReference<@Nullable Result> result = new AtomicReference<>();
    private volatile @Nullable Endpoint endpoint;
    private volatile @Nullable String instance;
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private volatile long firstByte;
    private volatile boolean rejectedByTransport;
    private volatile @Nullable Problem problem;

    /**
     * Creates the record of a request in progress.
     *
     * @param start when the request started, by the clock of {@link RequestRecords}
     */
    RequestRecord(RequestRecords records, String host, String method, RequestOrigin origin, Trace trace, long start) {
        this.records = records;
        this.host = host;
        this.method = method;
        this.origin = origin;
        this.trace = trace;
        this.call = new CallRecord(trace.recorded() ? trace : null);
        this.start = start;
        this.firstByte = start;
    }

    /** Returns the record of this exchange. */
    public static RequestRecord of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** Returns the record of the latest exchange on this channel; null if there was none. */
    public static @Nullable RequestRecord of(Channel channel) {
        return channel.attr(ON_CHANNEL).get();
    }

    void assignTo(ServerWebExchange exchange, Channel channel) {
        exchange.getAttributes().put(ATTRIBUTE, this);
        channel.attr(ON_CHANNEL).set(this);
    }

    /** The requested host, without port; empty if it could not be decoded. */
    public String host() {
        return host;
    }

    /** The method as sent; empty if it could not be decoded. */
    public String method() {
        return method;
    }

    public RequestOrigin origin() {
        return origin;
    }

    public Trace trace() {
        return trace;
    }

    /** What happened to the call to the catalogue; without attempts if none was made. */
    public CallRecord call() {
        return call;
    }

    /** What the cache did with the request; null if the response could not have come from it. */
    public @Nullable String cacheStatus() {
        return call.cacheStatus();
    }

    /** The endpoint; null before the request has ended, and for a path that is not on the allow-list. */
    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** The problem with which the gateway itself responded; null if it did not. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** The URI of the instance of the catalogue that responded; null if none did. */
    public @Nullable String instance() {
        return instance;
    }

    /** The number of bytes of the request body that were read. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** The number of bytes of the response body that were passed to the client's connection. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Nanoseconds from the start until the headers of the catalogue's response arrived; 0 if there was no such response. */
    public long nanosToFirstByte() {
        return firstByte - start;
    }

    /** The status for the metrics: that of the response, but 499 if the client disconnected early and 502 if the response was cut off. */
    public int status() {
        return requireResult().status();
    }

    /** Whether the gateway or the catalogue has failed: a server error for which the request is not the reason. */
    public boolean isFailed() {
        var reported = problem;
        return status() >= HttpStatus.INTERNAL_SERVER_ERROR.value() && (reported == null || !reported.isRejection());
    }

    public Ending ending() {
        return requireResult().ending();
    }

    /** Nanoseconds from the start to the end. */
    public long nanos() {
        return requireResult().end() - start;
    }

    private Result requireResult() {
        var ended = result.get();
        if (ended == null) {
            throw new IllegalStateException("the request has not ended");
        }
        return ended;
    }

    /** Records that the transport responds in place of the filters, because the rest of the request cannot be decoded. */
    public void rejectByTransport(Problem rejection) {
        problem = rejection;
        rejectedByTransport = true;
    }

    public boolean isRejectedByTransport() {
        return rejectedByTransport;
    }

    /** Records the problem with which the gateway itself responds, unless the transport does. */
    void respondedWith(@Nullable Problem response) {
        if (!rejectedByTransport) {
            problem = response;
        }
    }

    /** Adds to the number of bytes of the request body that were read. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void received(long bytes) {
        bytesReceived += bytes;
    }

    /** Adds to the number of bytes of the response body that were sent. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void sent(long bytes) {
        bytesSent += bytes;
    }

    /**
     * Records that the headers of the catalogue's response have arrived.
     *
     * @param respondingInstance URI of the instance
     */
    public void respondedBy(String respondingInstance) {
        instance = respondingInstance;
        firstByte = records.now();
    }

    /**
     * Ends the record, unless it has already ended.
     *
     * @param of the endpoint; null if the request has none
     * @param sent status of the response
     */
    public void end(@Nullable Endpoint of, Ending ending, int sent) {
        endpoint = of;
        var rejection = isRejectedByTransport() ? problem : null;
        var ended = rejection != null
                ? new Result(Ending.COMPLETED, rejection.status().value(), records.now())
                : new Result(ending, ending.status(sent), records.now());
        if (result.compareAndSet(null, ended)) {
            records.notifyListeners(this);
        }
    }

    private record Result(Ending ending, int status, long end) {}
}
