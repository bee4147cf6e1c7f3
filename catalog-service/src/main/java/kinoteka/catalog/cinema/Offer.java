package kinoteka.catalog.cinema;

import java.math.BigDecimal;
import java.time.Instant;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.CinemaSummary;

/**
 * An offer to watch a film in an online cinema.
 *
 * @param id positive
 * @param price in roubles
 * @param discount for students, percent, 0..100
 * @param rating the cinema's own rating of the film, 1..5
 * @param viewCount number of views in that cinema
 * @param updatedAt time of the last change of this offer
 */
public record Offer(
        long id, CinemaSummary cinema, BigDecimal price, int discount, int rating, long viewCount, Instant updatedAt)
        implements Editable<OfferEdit> {

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

    @Override
    public OfferEdit editableFields() {
        return new OfferEdit(price, discount, rating, viewCount);
    }
}
