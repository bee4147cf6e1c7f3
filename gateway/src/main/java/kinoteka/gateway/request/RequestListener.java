package kinoteka.gateway.request;

/** Is notified of each request when it has ended. */
public interface RequestListener {

    /** Called exactly once for each request, on any thread. Implementations must neither block nor throw. */
    void onRequestEnded(RequestRecord request);
}
