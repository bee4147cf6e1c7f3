package kinoteka.catalog.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CinemaSummary;
import kinoteka.catalog.summary.MovieSummary;

/**
 * An order: a customer has bought a film in an online cinema.
 *
 * @param id positive
 * @param cinemaOrderId the id of the order in the cinema's own system
 * @param price that the customer paid, in roubles
 */
record Order(
        long id, UUID cinemaOrderId, MovieSummary movie, CinemaSummary cinema, BigDecimal price, Instant orderedAt) {

    static Order of(Columns row) {
        return new Order(
                row.id(),
                row.required(UUID.class),
                MovieSummary.of(row),
                CinemaSummary.of(row),
                row.decimal(),
                row.instant());
    }
}
