package kinoteka.gateway.request;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicReference;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * What is known of one request, from its head to the end of its response. It ends exactly once, whoever notices first, and is given to
 * the {@link RequestListener}s then. Each number has one writer, the event loop of the client or that of the catalogue.
 */
public final class RequestRecord {

    private static final String ATTRIBUTE = RequestRecord.class.getName();
    private static final AttributeKey<RequestRecord> ON_CHANNEL = AttributeKey.valueOf(ATTRIBUTE);
    private static final int NOT_REJECTED = 0;

    private final RequestRecords records;
    private final String host;
    private final String method;
    private final Trace trace;
    private final long start;
    private final AtomicReference<@Nullable Result> result = new AtomicReference<>();
    private volatile @Nullable Endpoint endpoint;
    private volatile @Nullable String instance;
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private volatile long firstByte;
    private volatile int rejectedWith = NOT_REJECTED;

    /**
     * A request under way.
     *
     * @param start of the clock of its {@link RequestRecords}
     */
    RequestRecord(RequestRecords records, String host, String method, Trace trace, long start) {
        this.records = records;
        this.host = host;
        this.method = method;
        this.trace = trace;
        this.start = start;
        this.firstByte = start;
    }

    /** The record of this exchange. */
    public static RequestRecord of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The record of the exchange that is under way on this channel; null when there is none. */
    public static @Nullable RequestRecord of(Channel channel) {
        return channel.attr(ON_CHANNEL).get();
    }

    void assignTo(ServerWebExchange exchange, Channel channel) {
        exchange.getAttributes().put(ATTRIBUTE, this);
        channel.attr(ON_CHANNEL).set(this);
    }

    /** The host that the client asked, without port; empty when it could not be read. */
    public String host() {
        return host;
    }

    /** As sent; empty when it could not be read. */
    public String method() {
        return method;
    }

    public Trace trace() {
        return trace;
    }

    /** Null for a path that is not on the allow-list. */
    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** URI of the instance of the catalogue that answered; null when none did. */
    public @Nullable String instance() {
        return instance;
    }

    /** Bytes of the request's body that were read. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes of the response's body that were taken by the connection. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Nanoseconds from the start to the head of the response, 0 when there was none. */
    public long nanosToFirstByte() {
        return firstByte - start;
    }

    /** The status that counts: that of the response, 499 when the client left before its end, 502 when the catalogue did. */
    public int status() {
        return ended().status();
    }

    public Ending ending() {
        return ended().ending();
    }

    /** Nanoseconds from the start to the end. */
    public long nanos() {
        return ended().end() - start;
    }

    private Result ended() {
        var ended = result.get();
        if (ended == null) {
            throw new IllegalStateException("the request has not ended");
        }
        return ended;
    }

    /** The transport responds over the heads of the filters, since the rest of the request cannot be decoded. */
    public void rejectByTransport(int status) {
        rejectedWith = status;
    }

    public boolean isRejectedByTransport() {
        return rejectedWith != NOT_REJECTED;
    }

    /** The body has brought so many bytes more. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void received(long bytes) {
        bytesReceived += bytes;
    }

    /** So many bytes more of the response's body go to the client. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void sent(long bytes) {
        bytesSent += bytes;
    }

    /** The head of the catalogue's response has arrived. */
    public void respondedBy(String answering) {
        instance = answering;
        firstByte = records.now();
    }

    /**
     * Ends the request, unless it has ended.
     *
     * @param of the endpoint, null when the request had none
     * @param sent status of the response's head
     */
    void end(@Nullable Endpoint of, Ending ending, int sent) {
        endpoint = of;
        var ended = isRejectedByTransport()
                ? new Result(Ending.COMPLETED, rejectedWith, records.now())
                : new Result(ending, ending.status(sent), records.now());
        if (result.compareAndSet(null, ended)) {
            records.ended(this);
        }
    }

    private record Result(Ending ending, int status, long end) {}
}
