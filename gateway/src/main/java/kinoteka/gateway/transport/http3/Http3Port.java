package kinoteka.gateway.transport.http3;

import org.springframework.stereotype.Component;

/** The UDP port on which HTTP/3 connections are accepted. Thread-safe. */
@Component
class Http3Port {

    private volatile int port;

    /** Returns the port, 0 while no connections are accepted. */
    int get() {
        return port;
    }

    void set(int accepting) {
        port = accepting;
    }
}
