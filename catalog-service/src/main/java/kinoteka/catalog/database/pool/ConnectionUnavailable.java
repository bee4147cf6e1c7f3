package kinoteka.catalog.database.pool;

import io.r2dbc.spi.R2dbcTransientResourceException;

/** No connection could be had: all were in use for too long, too many requests waited, or the server did not accept one. */
public final class ConnectionUnavailable extends R2dbcTransientResourceException {

    private static final long serialVersionUID = 1;

    private final boolean queueFull;

    ConnectionUnavailable(String reason, boolean queueFull) {
        super(reason);
        this.queueFull = queueFull;
    }

    /** Whether too many requests waited already; otherwise the request itself waited too long. */
    public boolean isQueueFull() {
        return queueFull;
    }

    /** Under load this is thrown thousands of times a second, always from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
