package kinoteka.gateway.problem;

import reactor.netty.channel.AbortedException;

/** The client closed its connection or its HTTP/2 stream before the response was complete. */
public final class ClientDisconnected extends RuntimeException {

    /** The status in the metrics, as nginx uses it. It is never sent. */
    public static final int STATUS = 499;

    private static final long serialVersionUID = 1;

    public ClientDisconnected() {
        super("the client disconnected", null, false, false);
    }

    /** Whether this failure is a {@link ClientDisconnected}, or what Reactor Netty reports for a write on a closed connection. */
    public static boolean matches(Throwable failure) {
        return failure instanceof ClientDisconnected || failure instanceof AbortedException;
    }
}
