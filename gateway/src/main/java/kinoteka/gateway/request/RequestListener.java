package kinoteka.gateway.request;

/** Is told of every request when it has ended. */
public interface RequestListener {

    /** Called once for each request, on any thread; neither blocks nor throws. */
    void onRequestEnded(RequestRecord request);
}
