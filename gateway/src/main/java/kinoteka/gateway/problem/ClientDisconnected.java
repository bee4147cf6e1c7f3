package kinoteka.gateway.problem;

import reactor.netty.channel.AbortedException;

/** The client closed its connection: there is nobody left to answer. */
public final class ClientDisconnected extends RuntimeException {

    /** Status that is counted and never sent; nginx's code for it. */
    public static final int STATUS = 499;

    private static final long serialVersionUID = 1;

    public ClientDisconnected() {
        super("the client left", null, false, false);
    }

    /** Whether this failure says so, or is Reactor Netty's for a write that found nobody. */
    public static boolean matches(Throwable failure) {
        return failure instanceof ClientDisconnected || failure instanceof AbortedException;
    }
}
