package kinoteka.catalog.database.server;

import io.r2dbc.spi.R2dbcTransientResourceException;

/** No server is known that could do the work. */
final class NoServer extends R2dbcTransientResourceException {

    private static final long serialVersionUID = 1;

    NoServer(String reason) {
        super(reason);
    }

    /** While there is no primary this is thrown for every request, always from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
