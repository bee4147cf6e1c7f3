package kinoteka.catalog.database.pool;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;

/** Makes connections, and chooses the server for each. */
public interface ConnectionSource {

    Mono<OpenConnection> open();

    ConnectionFactoryMetadata metadata();

    /** The driver chooses the server when it connects; nothing is known of the server afterwards. */
    static ConnectionSource of(ConnectionFactory driver) {
        return new ConnectionSource() {
            @Override
            public Mono<OpenConnection> open() {
                return Mono.from(driver.create())
                        .map(connection -> new OpenConnection(connection, ServerHealth.UNKNOWN));
            }

            @Override
            public ConnectionFactoryMetadata metadata() {
                return driver.getMetadata();
            }
        };
    }
}
