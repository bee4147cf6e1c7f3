package kinoteka.gateway.request;

import java.util.List;
import java.util.function.LongSupplier;
import kinoteka.gateway.problem.Problem;
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
    public RequestRecord begin(String host, String method, RequestOrigin origin, Trace trace, long waited) {
        return new RequestRecord(this, host, method, origin, trace, now() - waited);
    }

    /** Records a request to which the transport has responded, so that there was no exchange. */
    public void rejected(String host, String method, RequestOrigin origin, Trace trace, Problem problem) {
        var request = begin(host, method, origin, trace, 0);
        request.respondedWith(problem);
        request.end(null, Ending.COMPLETED, problem.status().value());
    }

    long now() {
        return nanoClock.getAsLong();
    }

    void notifyListeners(RequestRecord request) {
        listeners.forEach(listener -> listener.onRequestEnded(request));
    }
}
