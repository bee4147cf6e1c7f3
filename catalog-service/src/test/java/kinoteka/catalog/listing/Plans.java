package kinoteka.catalog.listing;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.catalog.database.ReplicaDatabase;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/**
 * The plans of the statements of a list, as if its tables were large: sequential scans, bitmap scans and sorts appear in a
 * plan only if there is no other way.
 */
public final class Plans {

    private Plans() {}

    /** The plan of the statement that finds the last position of the first page. */
    public static String ofPositions(Listing<?, ?> listing, ReplicaDatabase database) {
        return plan(listing.positions(Filter.NONE), listing.start(), Filter.NONE, database);
    }

    /** The plan of the statement that reads the elements of the first page. */
    public static String ofElements(Listing<?, ?> listing, ReplicaDatabase database) {
        return plan(listing.elements(Filter.NONE), listing.start(), Filter.NONE, database);
    }

    /** The plans of all statements of a page deep in a filtered list, short or long. */
    public static <P extends Record> String ofPage(
            Listing<P, ?> listing, Filter filter, P after, ReplicaDatabase database) {
        return Stream.of(listing.positions(filter), listing.elements(filter), listing.positionedElements(filter))
                .map(sql -> plan(sql, after, filter, database))
                .collect(Collectors.joining("\n"));
    }

    private static String plan(String sql, Record after, Filter filter, ReplicaDatabase database) {
        var client = database.streams().client();
        var lines = database.streams()
                .snapshot()
                .transactional(preferIndexes(client)
                        .thenMany(client.sql("explain " + sql)
                                .bindProperties(after)
                                .bindValues(filter.values())
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
