package kinoteka.gateway.request;

import java.io.IOException;
import kinoteka.gateway.problem.ClientDisconnected;

/** How a request ended. Only this class distinguishes a client that disconnected from a catalogue that failed. */
public enum Ending {
    /** The complete response was sent. */
    COMPLETED,
    /** The client closed its connection or its HTTP/2 stream before the response was complete. */
    CLIENT_DISCONNECTED,
    /** The catalogue failed after the response had begun. The client's connection was closed before the end of the response. */
    CUT_OFF;

    /** The status in the metrics of a response that was cut off. */
    static final int CUT_OFF_STATUS = 502;

    /**
     * Returns the ending for a failure after the response has begun. Earlier failures become responses. An {@link IOException} is one of
     * the client's connection, because failures of connections to the catalogue have been converted to problems.
     */
    static Ending of(Throwable failure) {
        return ClientDisconnected.matches(failure) || failure instanceof IOException ? CLIENT_DISCONNECTED : CUT_OFF;
    }

    /**
     * Returns the status for the metrics.
     *
     * @param sent status of the response
     */
    int status(int sent) {
        return switch (this) {
            case COMPLETED -> sent;
            case CLIENT_DISCONNECTED -> ClientDisconnected.STATUS;
            case CUT_OFF -> CUT_OFF_STATUS;
        };
    }
}
