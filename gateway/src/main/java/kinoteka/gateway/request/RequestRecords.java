package kinoteka.gateway.request;

import java.util.List;
import java.util.function.LongSupplier;
import kinoteka.gateway.trace.Trace;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Begins the records of requests, and gives those that have ended to the listeners. */
@Component
public final class RequestRecords {

    private final List<RequestListener> listeners;
    private final LongSupplier nanoClock;

    @Autowired
    RequestRecords(List<RequestListener> listeners) {
        this(listeners, System::nanoTime);
    }

    /**
     * Records by a clock.
     *
     * @param nanoClock nanoseconds since any fixed moment
     */
    public RequestRecords(List<RequestListener> listeners, LongSupplier nanoClock) {
        this.listeners = List.copyOf(listeners);
        this.nanoClock = nanoClock;
    }

    /**
     * The record of a request whose head has been read.
     *
     * @param waited nanoseconds since then
     */
    RequestRecord begin(String host, String method, Trace trace, long waited) {
        return new RequestRecord(this, host, method, trace, now() - waited);
    }

    /** Records a request that the transport has answered, before there was an exchange. */
    public void rejected(String host, String method, Trace trace, int status) {
        begin(host, method, trace, 0).end(null, Ending.COMPLETED, status);
    }

    long now() {
        return nanoClock.getAsLong();
    }

    void ended(RequestRecord request) {
        listeners.forEach(listener -> listener.onRequestEnded(request));
    }
}
