package kinoteka.gateway.connections;

/** User event in the pipeline of each open connection when the gateway shuts down. */
public enum ShutdownEvent {
    /** Readiness has failed. Clients should send their next requests over other connections. */
    DRAIN,
    /** No more connections are accepted. Connections without an open request are to be closed. */
    CLOSE
}
