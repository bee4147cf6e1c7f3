package kinoteka.gateway.request;

import java.util.List;
import java.util.function.LongSupplier;
import kinoteka.gateway.trace.Trace;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Creates the records of requests, and passes those that have ended to the listeners. */
@Component
public final class RequestRecords {

    private final List<RequestListener> listeners;
    private final LongSupplier nanoClock;

    @Autowired
    RequestRecords(List<RequestListener> listeners) {
        this(listeners, System::nanoTime);
    }

    /**
     * Creates records with the times of this clock.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     */
    public RequestRecords(List<RequestListener> listeners, LongSupplier nanoClock) {
        this.listeners = List.copyOf(listeners);
        this.nanoClock = nanoClock;
    }

    /**
     * Begins the record of a request whose headers have been received.
     *
     * @param waited nanoseconds since their receipt
     */
    RequestRecord begin(String host, String method, Trace trace, long waited) {
        return new RequestRecord(this, host, method, trace, now() - waited);
    }

    /** Records a request to which the transport has responded, so that there was no exchange. */
    public void rejected(String host, String method, Trace trace, int status) {
        begin(host, method, trace, 0).end(null, Ending.COMPLETED, status);
    }

    long now() {
        return nanoClock.getAsLong();
    }

    void notifyListeners(RequestRecord request) {
        listeners.forEach(listener -> listener.onRequestEnded(request));
    }
}
