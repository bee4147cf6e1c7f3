package kinoteka.catalog.publication;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.summary.CustomerSummary;
import kinoteka.catalog.summary.TermSummary;
import org.jspecify.annotations.Nullable;

/**
 * A publication without its text, as lists show it.
 *
 * @param id positive
 * @param tags titles, in alphabetical order
 * @param rating average of the customers' stars, 1..5 with two decimal places; null if nobody has rated it
 * @param ratingCount number of ratings
 */
record Publication(
        long id,
        String title,
        CustomerSummary author,
        TermSummary category,
        List<String> tags,
        Instant createdAt,
        Instant changedAt,
        @Nullable BigDecimal rating,
        int ratingCount) {

    static final String COLUMNS = """
            publications.id, publications.title,
            author_id, (select username from customers where customers.id = author_id),
            category_id, (select publication_categories.title from publication_categories where publication_categories.id = category_id),
            array(select tags.title
                    from publication_tags join tags on tags.id = tag_id
                   where publication_id = publications.id
                   order by tags.title),
            created_at, changed_at, rating, rating_count
            """;

    static Publication of(Columns row) {
        return new Publication(
                row.id(),
                row.text(),
                CustomerSummary.of(row),
                TermSummary.of(row),
                row.texts(),
                row.instant(),
                row.instant(),
                row.decimalOrNull(),
                row.integer());
    }
}
