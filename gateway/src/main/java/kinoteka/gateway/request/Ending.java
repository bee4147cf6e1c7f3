package kinoteka.gateway.request;

import java.io.IOException;
import kinoteka.gateway.problem.ClientDisconnected;

/** How a request ended. This is the one place that tells a client that disconnected from a catalogue that failed. */
public enum Ending {
    /** The response was sent. */
    COMPLETED,
    /** The client closed its connection, or its stream of HTTP/2, before it had the whole response. */
    CLIENT_DISCONNECTED,
    /** The response had begun when the catalogue failed: the client's connection was closed without its end. */
    CUT_OFF;

    /** Status that is counted for a response that was cut off. */
    static final int CUT_OFF_STATUS = 502;

    /**
     * The ending by a failure that came after the head of the response. Failures before it become responses. An {@link IOException} is of
     * the client's connection, since those of the catalogue's are problems by then.
     */
    static Ending of(Throwable failure) {
        return ClientDisconnected.matches(failure) || failure instanceof IOException ? CLIENT_DISCONNECTED : CUT_OFF;
    }

    /**
     * The status that counts.
     *
     * @param sent status of the response's head
     */
    int status(int sent) {
        return switch (this) {
            case COMPLETED -> sent;
            case CLIENT_DISCONNECTED -> ClientDisconnected.STATUS;
            case CUT_OFF -> CUT_OFF_STATUS;
        };
    }
}
