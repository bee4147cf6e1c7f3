package kinoteka.gateway.upstream.netty.connection;

/** The pool that a connection belongs to; called on the event loop of the connection. */
public interface ConnectionOwner {

    /** The connection has nothing to do and may be used again. */
    void release(UpstreamConnection connection);

    /** The connection is closed. Called once for each connection. */
    void onClosed(UpstreamConnection connection);

    /** The call has not been processed, and is to be sent on another connection. */
    void sendAgain(Call call);

    /** The connection is about to be closed because something arrived on it that was not asked for. */
    void onUnsolicitedData();
}
