package kinoteka.catalog.cinema;

import java.math.BigDecimal;
import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CinemaSummary;

/**
 * A film in an online cinema.
 *
 * @param id positive
 * @param price in roubles
 * @param discount for students, percent, 0..100
 * @param rating the cinema's own, 1..5
 * @param viewCount how often it was watched there
 */
public record Offer(
        long id, CinemaSummary cinema, BigDecimal price, int discount, int rating, long viewCount, Instant updatedAt) {

    static Offer of(Columns row) {
        return new Offer(
                row.id(),
                CinemaSummary.of(row),
                row.decimal(),
                row.integer(),
                row.integer(),
                row.count(),
                row.instant());
    }

    OfferEdit edit() {
        return new OfferEdit(price, discount, rating, viewCount);
    }
}
