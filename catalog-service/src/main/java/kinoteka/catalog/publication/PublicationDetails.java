package kinoteka.catalog.publication;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CustomerSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/** All of a publication. */
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
        String text) {

    static final String COLUMNS = Publication.COLUMNS + ", text";

    static PublicationDetails of(Columns row) {
        var head = Publication.of(row);
        return new PublicationDetails(
                head.id(),
                head.title(),
                head.author(),
                head.category(),
                head.tags(),
                head.createdAt(),
                head.changedAt(),
                head.rating(),
                head.ratingCount(),
                row.text());
    }

    PublicationEdit edit() {
        return new PublicationEdit(title, text, category.id(), tags);
    }
}
