package kinoteka.gateway;

/**
 * What a stage does with a request that is answered without its filter. Whatever the filter would do with such a request must be done here, so
 * that clients cannot tell the difference.
 */
public interface DirectStage {

    /** Of a filter that would pass such a request and its response on unchanged. */
    DirectStage UNAFFECTED = new DirectStage() {};

    /** Returns whether the request can do without the filter. Changes nothing, because other stages may decide that it cannot. */
    default boolean admits(DirectExchange exchange) {
        return true;
    }

    /**
     * Counts an admitted request, and adds headers to its response. Only the rate limit may decide here that the request is not answered: what
     * it takes would be taken twice if a later stage did.
     *
     * @return whether it may be answered; otherwise the filters process it, and the headers are discarded
     */
    default boolean process(DirectExchange exchange) {
        return true;
    }
}
