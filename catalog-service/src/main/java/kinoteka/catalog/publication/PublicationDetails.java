package kinoteka.catalog.publication;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.representation.Editable;
import kinoteka.catalog.summary.CustomerSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * A publication with all its fields.
 *
 * @param id positive
 * @param tags titles, in alphabetical order
 * @param rating average of the customers' stars, 1..5 with two decimal places; null if nobody has rated it
 * @param ratingCount number of ratings
 */
record PublicationDetails(
        long id,
        String title,
        CustomerSummary author,
        TermSummary category,
        List<String> tags,
        Instant createdAt,
        Instant changedAt,
        @Nullable BigDecimal rating,
        int ratingCount,
        String text)
        implements Editable<PublicationEdit> {

    static final String COLUMNS = Publication.COLUMNS + ", text";

    static PublicationDetails of(Columns row) {
        var publication = Publication.of(row);
        return new PublicationDetails(
                publication.id(),
                publication.title(),
                publication.author(),
                publication.category(),
                publication.tags(),
                publication.createdAt(),
                publication.changedAt(),
                publication.rating(),
                publication.ratingCount(),
                row.text());
    }

    @Override
    public PublicationEdit editableFields() {
        return new PublicationEdit(title, text, category.id(), tags);
    }
}
