package kinoteka.gateway.upstream;

import java.net.URI;

/** Calls one instance of the catalogue. The load balancing asks it whether to choose this instance. */
public interface InstanceClient extends Upstream {

    /** The URI of the instance. */
    URI instance();

    /** Whether it rejects every call at present without sending it, so that another instance should be chosen. */
    default boolean isRejecting() {
        return false;
    }

    /** The number of short calls that may be in progress at the same time, positive; {@link Integer#MAX_VALUE} if it is not limited. */
    default int limit() {
        return Integer.MAX_VALUE;
    }

    /** A feature of the calls to each instance. */
    @FunctionalInterface
    interface Decorator {

        /** Returns a client that adds the feature to this one, or this one if the feature is switched off. */
        InstanceClient decorate(InstanceClient client);

        /** Removes the state and the metrics of an instance that is not called any more. */
        default void remove(URI instance) {}
    }
}
