package kinoteka.catalog.listing;

import kinoteka.catalog.database.ReplicaDatabase;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** How PostgreSQL would read a list, whatever the size of its tables: with an index of the list's order, if there is one. */
public final class Plans {

    private Plans() {}

    public static String ofPositions(Listing<?, ?> listing, ReplicaDatabase database) {
        return plan(listing.positions(Filter.NONE), listing.start(), database);
    }

    public static String ofPages(Listing<?, ?> listing, ReplicaDatabase database) {
        return plan(listing.positionedElements(Filter.NONE), listing.start(), database);
    }

    public static String ofElements(Listing<?, ?> listing, ReplicaDatabase database) {
        return plan(listing.elements(Filter.NONE), listing.start(), database);
    }

    private static String plan(String sql, Record start, ReplicaDatabase database) {
        var client = database.streams().client();
        var lines = database.streams()
                .snapshot()
                .transactional(preferIndexes(client)
                        .thenMany(client.sql("explain " + sql)
                                .bindProperties(start)
                                .bind("limit", 100)
                                .bind("offset", 0)
                                .mapValue(String.class)
                                .all()));
        return String.join("\n", lines.toIterable());
    }

    private static Flux<?> preferIndexes(DatabaseClient client) {
        return Flux.just("enable_seqscan", "enable_bitmapscan", "enable_sort")
                .concatMap(way -> client.sql("set local " + way + " = off").then());
    }
}
