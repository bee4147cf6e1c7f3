package kinoteka.gateway.upstream.netty.connection;

/** The pool that a connection belongs to. Its methods are called on the event loop of the connection. */
public interface ConnectionOwner {

    /** Called when the response has been received and the connection may be reused. */
    void release(UpstreamConnection connection);

    /** Called exactly once for each connection, when it is closed. */
    void onClosed(UpstreamConnection connection);

    /** Sends a call, to which there was no response, on another connection. */
    void resend(Call call);

    /** Called before the connection is closed because unsolicited data arrived on it. */
    void onUnsolicitedData();
}
