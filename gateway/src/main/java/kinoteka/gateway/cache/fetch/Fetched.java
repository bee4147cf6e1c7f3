package kinoteka.gateway.cache.fetch;

import kinoteka.gateway.cache.store.StoredResponse;
import kinoteka.gateway.upstream.UpstreamResponse;

/** What came of a call whose response was to be stored. */
public sealed interface Fetched {

    /**
     * The response is stored, and fit for all requests that wait.
     *
     * @param wasValidated whether the catalogue said that a stored response is still the current one
     * @param instance that the catalogue's response came from
     */
    record Stored(StoredResponse response, boolean wasValidated, String instance) implements Fetched {}

    /** The catalogue failed, and a stored response may be sent. */
    record OnError(StoredResponse response) implements Fetched {}

    /**
     * The response must not be stored.
     *
     * @param isForAll whether it is a failure, which all requests that wait get
     */
    record NotStored(UpstreamResponse.Complete response, boolean isForAll) implements Fetched {}

    /** The response is too long, must not be stored, and was discarded: each request has to call the catalogue itself. */
    record Discarded() implements Fetched {}
}
