package kinoteka.catalog.database.pool;

import io.r2dbc.spi.R2dbcTransientResourceException;

/** No connection could be had: all were in use for too long, too many requests waited, or the server did not accept one. */
public final class ConnectionUnavailable extends R2dbcTransientResourceException {

    private static final long serialVersionUID = 1;

    ConnectionUnavailable(String reason) {
        super(reason);
    }

    /** Under load this is thrown thousands of times a second, always from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
