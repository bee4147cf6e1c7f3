package kinoteka.gateway.upstream;

/** Is notified of each response of the catalogue, before any decorator of {@link Upstream} receives it. */
public interface ResponseListener {

    /** Called once for each response, on any thread. Implementations must neither block nor throw, and must not change anything. */
    void onResponse(UpstreamRequest request, UpstreamResponse response);
}
